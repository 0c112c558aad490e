/** A sum with what every addition loses kept apart and added at the end (Neumaier's summation), and the sum of the squares. */
export class Sums {
  #sum = 0;
  #lost = 0;
  squares = 0;

  /** Infinite or NaN where the numbers' sum is none that a double can hold. */
  get sum(): number {
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }

  /** Adds numbers; NaN and what equals `skip` are left out. */
  add(numbers: Float64Array, skip = NaN): void {
    let [sum, lost, squares] = [this.#sum, this.#lost, this.squares];
    for (const value of numbers) {
      if (value === skip || Number.isNaN(value)) continue;
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
      squares += value * value;
    }
    [this.#sum, this.#lost, this.squares] = [sum, lost, squares];
  }
}
