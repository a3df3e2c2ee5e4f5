/** Why the clone cannot be made ready, in one line that says what to do; `output` is what a tool said. */
export class NotReady extends Error {
	/**
	 * @param {string} message
	 * @param {string} [output]
	 */
	constructor(message, output = '') {
		super(message);
		this.output = output;
	}
}
