import { cutText } from '../words';
import type { AddressFaults, AddressPlace } from './address-faults';
import { type AddressForm, formOf, TokenForms } from './address-forms';
import { Protocols } from './protocols';
import { keyBefore, type TargetContext } from './targets';

const SHOWN = 80;

type AddressFault = 'kerchunk/url-chained' | 'kerchunk/relative-target' | 'kerchunk/mixed-protocols';

/**
 * Looks at every distinct address once, in the order of the references: relative ones, chains, protocols that fsspec has no file system
 * for, and braces that nothing substitutes.
 */
export class TargetChecks {
  private readonly protocols: Protocols;
  private readonly faults: AddressFaults;

  constructor(private readonly context: Pick<TargetContext, 'text' | 'columns' | 'table' | 'templates' | 'faults'>) {
    this.protocols = new Protocols(context.templates?.values() ?? []);
    this.faults = context.faults;
  }

  /** The tokens of the text. `substituted` has the addresses of those with templates; those that gave none are faulty already. */
  checkTokens(substituted: ReadonlyMap<number, string | undefined>): void {
    const { text, table, templates } = this.context;
    const forms = new TokenForms(text, table.words);
    for (let token = 0; token < table.length; token++) {
      const raw = table.hasBraces ? table.raw(token) : '';
      if (!raw.includes('{{')) {
        const start = table.start(token);
        const fault = this.faultOf(forms.of(start, start + table.byteLength(token)));
        // Where it is told already, nothing is made of it but a count.
        if (fault !== undefined && !this.faults.again(fault)) this.tell(fault, this.placeOf(token), table.raw(token));
      } else if (templates === undefined) {
        this.faults.add(
          'kerchunk/template-literal',
          () => this.placeOf(token),
          () =>
            `"${cutText(raw, SHOWN)}" has a template, and the file defines none; readers ask for the address with its braces.`,
        );
      } else {
        const address = substituted.get(token);
        if (address !== undefined) this.checkMade(address, () => this.placeOf(token));
      }
    }
  }

  /** An address that is made, templates substituted; `place` is asked for where something is wrong with it. */
  checkMade(address: string, place: () => AddressPlace): void {
    const fault = this.faultOf(formOf(address));
    if (fault !== undefined && !this.faults.again(fault)) this.tell(fault, place(), address);
  }

  private faultOf(form: AddressForm): AddressFault | undefined {
    if (form.isChained) return 'kerchunk/url-chained';
    const opens = this.protocols.opens(form);
    if (form.isRelative) return 'kerchunk/relative-target';
    return opens ? undefined : 'kerchunk/mixed-protocols';
  }

  private tell(fault: AddressFault, place: AddressPlace, address: string): void {
    const shown = cutText(address, SHOWN);
    const messages: Record<AddressFault, string> = {
      'kerchunk/url-chained': `"${shown}" chains several protocols, which fsspec does not follow inside references. Write the address of the file itself.`,
      'kerchunk/relative-target': `"${shown}" is a relative path; fsspec looks for it in its working directory, other readers beside the reference file.`,
      'kerchunk/mixed-protocols': `"${shown}" is not of the protocol of the first references; fsspec opens only ${this.protocols.inWords} here, unless it is given fs={…}.`,
    };
    this.faults.add(
      fault,
      () => place,
      () => messages[fault],
    );
  }

  private placeOf(token: number): AddressPlace {
    const { text, columns, table } = this.context;
    const span = table.place(token);
    return { key: keyBefore(text, columns, span.offset), span };
  }
}
