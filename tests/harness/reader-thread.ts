import { serveReads } from '#lib/platform/reader/serve.server.ts';
import { TEST_READS } from '#tests/factories/reads.ts';

serveReads(TEST_READS);
