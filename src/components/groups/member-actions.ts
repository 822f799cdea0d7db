import type { GroupMember } from "~/shared/groups";
import type { Role } from "~/shared/roles";

export type MemberAction = "write" | "makeAdmin" | "makeMember" | "makeOwner" | "remove";

/**
 * What somebody of this role can do about another member; the server has the last word.
 * @param mine my own role
 */
export const memberActions = (mine: Role, { role, accepted }: GroupMember): MemberAction[] => {
  const actions: MemberAction[] = ["write"];
  if (mine === "owner" && accepted) actions.push(role === "admin" ? "makeMember" : "makeAdmin", "makeOwner");
  if (mine === "owner" || (mine === "admin" && role === "member")) actions.push("remove");
  return actions;
};
