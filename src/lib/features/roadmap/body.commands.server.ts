import type { z } from 'zod';
import { ensureBodies } from '#lib/features/organisation/body.commands.server.ts';
import { command, type KeyReused, type Outcome } from '#lib/platform/command/command.ts';
import type { Context } from '#lib/platform/command/context.ts';
import { namesIn } from '#lib/platform/forms/fields.ts';
import type { bodyForm } from './forms.ts';

/** Adds a body that may own items; one that is there already gets the kind too. */
export function addBody(
	ctx: Context,
	input: z.output<typeof bodyForm>,
	once: string
): Promise<Outcome<{ id: string }, KeyReused>> {
	return command<{ id: string }, never>(
		ctx,
		{ name: 'add body', once, input },
		async ({ ctx, audit }) => {
			const [id] = await ensureBodies(ctx, [{ names: namesIn(input), kind: input.kind }]);
			await audit({
				action: 'add body',
				objectType: 'body',
				objectId: id!,
				fields: ['name_texts']
			});
			return { id: id! };
		}
	);
}
