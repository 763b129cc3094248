/** Deliveries one after another, so that the same messages in the same order always give the same mailboxes. */
export class DeliveryQueue {
  #last: Promise<void> = Promise.resolve();
  #failed: unknown[] = [];
  #pending = 0;

  /** Does the work in its turn; a failure is the caller's. */
  run(work: () => Promise<void>): Promise<void> {
    this.#pending += 1;
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined).then(() => { this.#pending -= 1; });
    return done;
  }

  /** Takes the work over; a failure is kept for the next `settle`. */
  post(work: () => Promise<void>): void {
    this.run(work).catch((error: unknown) => { this.#failed.push(error); });
  }

  async settle(): Promise<void> {
    while (this.#pending > 0) await this.#last;
    const failed = this.#failed;
    this.#failed = [];
    if (failed.length > 0) throw new AggregateError(failed, `deliveries failed: ${failed.map((error) => (error instanceof Error ? error.message : String(error))).join('; ')}`);
  }
}
