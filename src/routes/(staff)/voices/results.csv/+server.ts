import { resultsFile } from '../csv.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => resultsFile(event, 'children', 'results.csv');
