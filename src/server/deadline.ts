import type { ServerResponse } from 'node:http';

/**
 * Answers 503 when nothing has been answered after so many milliseconds, and cuts an answer that is
 * still being written by then.
 */
export function answerWithin(response: ServerResponse, ms: number): void {
	const timer = setTimeout(() => {
		if (response.headersSent) return void response.destroy();
		response.writeHead(503, {
			Connection: 'close',
			'Content-Type': 'text/plain',
			'Retry-After': 5
		});
		response.end('503 Service Unavailable\n');
		ignoreLateAnswer(response);
	}, ms);
	response.once('close', () => clearTimeout(timer));
}

/** What still comes from the app goes nowhere; setting a header after the end would stop the process. */
function ignoreLateAnswer(response: ServerResponse): void {
	response.setHeader = () => response;
	response.removeHeader = () => undefined;
	response.writeHead = () => response;
	response.write = () => true;
	response.end = () => response;
}
