import { createECDH, createPrivateKey, hkdfSync } from "node:crypto";
import { SignJWT } from "jose";

/** The order of P-256's group (FIPS 186-5). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** A push service takes none that is good for more than a day (RFC 8292). */
const tokenGoodFor = "12h";

/** How push services know that it is this installation that calls (VAPID, RFC 8292). */
export interface Vapid {
  /** The public key, uncompressed, in base64url. */
  key: string;
  /** The `Authorization` header of a request to that endpoint. */
  authorize: (endpoint: URL) => Promise<string>;
}

/**
 * The key follows from the secret, so that every node has the same one and nothing has to be kept.
 *
 * @param contact where a push service finds out who calls: an `https:` URL
 */
export const createVapid = ({
  secretKey,
  contact = "mailto:nobody@charla.invalid", // some refuse to be told nothing
}: {
  secretKey: string;
  contact: string | undefined;
}): Vapid => {
  // 48 bytes modulo 32: every key is as likely as any other, to 128 bits (FIPS 186-5, A.2.1).
  const bits = Buffer.from(hkdfSync("sha256", secretKey, "", "charla vapid key", 48)).toString("hex");
  const d = Buffer.from((1n + (BigInt(`0x${bits}`) % (order - 1n))).toString(16).padStart(64, "0"), "hex");
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const text = (bytes: Buffer) => bytes.toString("base64url");
  const coordinates = { x: text(point.subarray(1, 33)), y: text(point.subarray(33)) };
  const jwk = { kty: "EC", crv: "P-256", d: text(d), ...coordinates };
  const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
  const key = text(point);
  return {
    key,
    authorize: async ({ origin }) => {
      const token = await new SignJWT()
        .setProtectedHeader({ typ: "JWT", alg: "ES256" })
        .setAudience(origin)
        .setSubject(contact)
        .setExpirationTime(tokenGoodFor)
        .sign(privateKey);
      return `vapid t=${token}, k=${key}`;
    },
  };
};
