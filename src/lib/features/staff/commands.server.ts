import type { z } from 'zod';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { newId } from '#lib/platform/ids/ids.ts';
import { insertAccount } from '#lib/platform/login/account-rows.ts';
import { makeLink } from '#lib/platform/login/links.ts';
import { NO_PASSWORD } from '#lib/platform/login/passwords.ts';
import type { invitationForm } from './forms.ts';
import { placeFault, setRoles, type PlaceRefusal } from './roles.commands.server.ts';
import { rolesFrom } from './rules.ts';

export type InvitationRefusal = PlaceRefusal | { reason: 'address_taken' };

/**
 * Makes an account nobody can log in to before its link is used; answers the id `linkToken` takes. An address in
 * use anywhere is refused alike.
 */
export function invite(
	ctx: Context,
	input: z.output<typeof invitationForm>,
	once: string
): Promise<Outcome<{ id: string; link: string }, InvitationRefusal | KeyReused>> {
	return command(ctx, { name: 'invite', once, input }, async ({ ctx, refuse, audit }) => {
		const { sectionId } = ctx.scope;
		const roles = rolesFrom(input);
		const fault = await placeFault(ctx, roles);
		if (fault) refuse(fault);
		const id = newId();
		const isMade = await insertAccount(ctx.db, ctx.ring, {
			...{ id, section_id: sectionId, email: input.email, name: input.name },
			...{ password_hash: NO_PASSWORD, locale: input.locale, created_at: ctx.now }
		});
		if (!isMade) refuse({ reason: 'address_taken' });
		await setRoles(ctx, { id, sectionId }, roles);
		const link = await makeLink(ctx.db, ctx.ring, {
			accountId: id,
			sectionId,
			kind: 'invite',
			madeBy: ctx.actor.accountId,
			now: ctx.now
		});
		await audit({
			action: 'invite',
			objectType: 'account',
			objectId: id,
			fields: ['name_sealed', 'email_sealed', 'roles', 'centres', 'body', 'project']
		});
		return { id, link };
	});
}
