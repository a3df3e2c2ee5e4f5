import { serveReads } from '#lib/platform/reader/serve.server.ts';
import { READS } from './reads.server.ts';

/** Where the thread of the reader begins (`platform/reader`): Node reads this file and all it imports as they are. */
serveReads(READS);
