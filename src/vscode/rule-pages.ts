import * as vscode from 'vscode';

const SCHEME = 'kerchunk-rule';

/** The page about a rule, as VS Code opens it: a link of a finding may lead to no command, and to no heading of a file. */
export function rulePage(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${code}.kerchunk-rule.md` });
}

/** Shows the sections of docs/rules.md, each as a page of its own. */
export class RulePages implements vscode.TextDocumentContentProvider {
  #rules: Promise<string> | undefined;

  constructor(private readonly extensionUri: vscode.Uri) {}

  static register(extensionUri: vscode.Uri): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, new RulePages(extensionUri));
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const code = path.replace(/^\//u, '').replace(/\.kerchunk-rule\.md$/u, '');
    this.#rules ??= this.#read();
    const section = sectionOf(await this.#rules, code);
    return section ?? vscode.l10n.t('There is no rule {0}.', code);
  }

  async #read(): Promise<string> {
    const file = vscode.Uri.joinPath(this.extensionUri, 'docs', 'rules.md');
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }
}

/** The section of a rule, its code as the title. */
function sectionOf(rules: string, code: string): string | undefined {
  const start = rules.indexOf(`\n### ${code}\n`);
  if (start < 0) return undefined;
  const rest = rules.slice(start + 5);
  const end = rest.search(/\n##{1,2} /u);
  return `# ${end < 0 ? rest : rest.slice(0, end)}`;
}
