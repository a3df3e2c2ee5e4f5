/** Why a backup is not opened or not restored; each has an exit code of its own (`scripts/halqa/command.ts`). */
export type Reason = 'not a backup' | 'other version' | 'wrong key' | 'damaged' | 'target';

/** An expected refusal with one line for whoever runs the command. Whoever throws it has changed nothing. */
export class BackupRefused extends Error {
	readonly reason: Reason;

	constructor(reason: Reason, message: string, options?: ErrorOptions) {
		super(message, options);
		this.reason = reason;
	}
}
