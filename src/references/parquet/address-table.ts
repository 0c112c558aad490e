/** The addresses that references point at, each once, by number. */
export class AddressTable {
  private readonly addresses: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** Numbers are below this. */
  get count(): number {
    return this.addresses.length;
  }

  /** The number of an address. */
  number(address: string): number {
    let number = this.numbers.get(address);
    if (number === undefined) this.numbers.set(address, (number = this.addresses.push(address) - 1));
    return number;
  }

  /** The address of a number. */
  at(number: number): string {
    return this.addresses[number] ?? '';
  }
}
