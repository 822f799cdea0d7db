/** What keeps the server from starting and its keeper can put right: printed as its one line, without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}
