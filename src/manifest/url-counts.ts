/** Addresses, or folders of them, that are counted apart: with more, those of one folder are counted together. */
const MOST_COUNTED = 50_000;
/** Folders of an address that may become a template, counted from its beginning. */
const MOST_FOLDERS = 32;
/** Characters that a template takes where it is used, `{{ab}}`, and those around what it stands for, `"ab":"",`. */
const USE = 6;
const DEFINITION = 8;

/** A beginning of addresses, or a whole one, that is worth a template, and how many references use it. */
export interface WorthTemplate {
  text: string;
  uses: number;
}

/** Counts how often addresses are used, in memory that does not grow with their number. */
export class UrlCounts {
  private counts = new Map<string, number>();
  /** How many names at the end of an address are left out. */
  private namesCut = 0;

  add(url: string): void {
    const text = cutNames(url, this.namesCut);
    const known = this.counts.get(text);
    this.counts.set(text, (known ?? 0) + 1);
    if (known === undefined && this.counts.size > MOST_COUNTED) this.countFolders();
  }

  /**
   * The addresses and folders whose templates save most, the most used first. Every address uses at most one of them: itself, or one folder.
   * The choice depends on the addresses and their numbers alone.
   */
  worthTemplates(): WorthTemplate[] {
    const root = new Folder('');
    for (const [text, count] of this.counts) {
      if (/[{}]/u.test(text)) continue;
      let folder = root;
      for (const path of foldersOf(text)) folder = folder.child(path);
      // What was cut ends with a slash, and is a folder of which nothing more is known.
      if (this.namesCut === 0) folder.addUrl(text, count);
      else folder.count += count;
    }
    const found = root.best().chosen;
    return found.sort((a, b) => b.uses - a.uses || (a.text < b.text ? -1 : 1));
  }

  private countFolders(): void {
    while (this.counts.size > MOST_COUNTED / 2 && this.namesCut < MOST_FOLDERS) {
      this.namesCut++;
      const before = this.counts;
      this.counts = new Map();
      for (const [text, count] of before) {
        const cut = cutNames(text, 1);
        this.counts.set(cut, (this.counts.get(cut) ?? 0) + count);
      }
    }
    if (this.counts.size > MOST_COUNTED / 2) this.counts = new Map();
  }
}

/** Addresses with one folder in common. */
class Folder {
  /** References of addresses that are not known one by one. */
  count = 0;
  private readonly children = new Map<string, Folder>();
  private readonly urls: { text: string; count: number }[] = [];

  constructor(private readonly path: string) {}

  child(path: string): Folder {
    const known = this.children.get(path);
    if (known !== undefined) return known;
    const made = new Folder(path);
    this.children.set(path, made);
    return made;
  }

  addUrl(text: string, count: number): void {
    this.urls.push({ text, count });
  }

  /** The templates that save most below this folder, how many characters they save, and all that lies in it. */
  best(): { chosen: WorthTemplate[]; saved: number; urls: { text: string; count: number }[]; count: number } {
    const urls = [...this.urls];
    let { count } = this;
    let saved = 0;
    let chosen: WorthTemplate[] = [];
    for (const { text, count: uses } of this.urls) {
      count += uses;
      const gain = uses * (text.length - USE) - text.length - DEFINITION;
      if (gain <= 0) continue;
      saved += gain;
      chosen.push({ text, uses });
    }
    for (const child of this.children.values()) {
      const below = child.best();
      for (const url of below.urls) urls.push(url);
      chosen = chosen.concat(below.chosen);
      saved += below.saved;
      count += below.count;
    }
    const own = this.withOwnTemplate(urls, count);
    return own.saved > saved ? { ...own, urls, count } : { chosen, saved, urls, count };
  }

  /** With a template for the folder, and for those addresses of which what stands behind it is still worth one. */
  private withOwnTemplate(
    urls: readonly { text: string; count: number }[],
    count: number,
  ): { chosen: WorthTemplate[]; saved: number } {
    const { length } = this.path;
    if (length <= USE) return { chosen: [], saved: 0 };
    const chosen: WorthTemplate[] = [];
    let saved = count * (length - USE) - length - DEFINITION;
    let uses = count;
    for (const { text, count: its } of urls) {
      const gain = its * (text.length - length) - text.length - DEFINITION;
      if (gain <= 0) continue;
      saved += gain;
      uses -= its;
      chosen.push({ text, uses: its });
    }
    if (uses > 0) chosen.push({ text: this.path, uses });
    else saved += length + DEFINITION;
    return { chosen, saved };
  }
}

/** The folders that an address lies in, from the outermost: `https://host/`, `https://host/data/`. */
function foldersOf(url: string): string[] {
  const folders: string[] = [];
  const scheme = /^[a-z][a-z0-9+.-]*:\/+/iu.exec(url)?.[0].length ?? 0;
  for (let at = url.indexOf('/', scheme); at >= 0 && folders.length < MOST_FOLDERS; at = url.indexOf('/', at + 1)) {
    folders.push(url.slice(0, at + 1));
  }
  return folders;
}

/** An address without the last names of its path; the slash before them stays. */
function cutNames(url: string, names: number): string {
  let end = url.length;
  for (let cut = 0; cut < names && end > 1; cut++) end = url.lastIndexOf('/', end - 2) + 1;
  return url.slice(0, end);
}
