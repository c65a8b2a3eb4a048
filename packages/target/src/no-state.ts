/** There is no state to export: the bot was never started on this target. */
export class NoState extends Error {
  constructor() {
    super('The bot has no state there: it has not been started yet');
    this.name = 'NoState';
  }
}
