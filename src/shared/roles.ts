import { z } from "zod";

/** An owner may do everything; an admin may change the group and its members, but not its admins. */
export const roleSchema = z.enum(["owner", "admin", "member"]);
export type Role = z.infer<typeof roleSchema>;
