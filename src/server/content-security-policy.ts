/**
 * What a page may load and run: only what we serve. Scripts run by the nonce of their one answer, so that markup that
 * slipped into a page is inert. Styles are written inline by our components' libraries.
 *
 * @param dev React's development build compiles code of its own at run time
 * @param socketUrl where pages open the WebSocket, if not at their own origin
 */
export const contentSecurityPolicy = ({
  nonce,
  dev,
  socketUrl,
}: {
  nonce: string;
  dev: boolean;
  socketUrl: string | undefined;
}): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${socketUrl ? ` ${new URL(socketUrl).origin}` : ""}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
