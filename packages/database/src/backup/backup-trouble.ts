/** Why a backup cannot be made or restored, in a sentence that says what to do. */
export class BackupTrouble extends Error {
  constructor(sentence: string, options?: { cause?: unknown }) {
    super(sentence, options);
    this.name = 'BackupTrouble';
  }
}
