import type { StaffActor } from '../access/actor.ts';
import type { Context } from './context.ts';

/**
 * What queries and commands take, of a page only people of a section may open. Throws where the policy let in
 * somebody else: a fault of ours, not of theirs.
 */
export function ctxOf({ ctx }: { ctx: Context | undefined }): Context {
	if (!ctx) throw new Error('the policy let in somebody of no section where one is needed');
	return ctx;
}

/** Who asks, of a page that needs a login. Throws where the policy let in somebody without one. */
export function actorOf({ actor }: { actor: StaffActor | null }): StaffActor {
	if (!actor) throw new Error('the policy let in somebody without a login where one is needed');
	return actor;
}
