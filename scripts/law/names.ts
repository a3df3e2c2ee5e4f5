/**
 * The law of names: a feature speaks a small vocabulary, so that a newcomer knows from a file's name what is in it. A
 * noun may stand in front, `membership.commands.server.ts`; tests are called after their noun, as they like.
 *
 * `types` · `rules` (pure, data among them) · `forms` (shape of input) · `queries.server` (reads, and what else only a
 * server may look at) · `commands.server` (writes) · `words` (in the reader's language) · `refusals` · `components/`
 */
const VOCABULARY =
	/^([a-z][a-z-]*\.)?(types|rules|forms|words|queries\.server|commands\.server)\.ts$|^refusals\.ts$|^components\//;

/** Features with other names, and why. */
const EXCEPT: Readonly<Record<string, string>> = {
	imports: 'its reading, matching and running are still being parted into folders',
	example: 'a file per table it fills, all of one kind: invented rows'
};

/** A file of a feature whose name says nothing, in one sentence; nothing for any other file. */
export function strayNames(path: string): string[] {
	const [, feature = '', room = ''] = /^src\/lib\/features\/([^/]+)\/(.+)$/.exec(path) ?? [];
	if (feature === '' || Object.hasOwn(EXCEPT, feature) || VOCABULARY.test(room)) return [];
	return [`${path} is called by no word of the vocabulary: types, rules, forms, queries, commands`];
}
