/** The names of the backplane's channels: one home, so that who publishes and who listens cannot differ. */
export const roomChannel = (roomId: string): string => `room:${roomId}`;
export const accountChannel = (userId: string): string => `account:${userId}`;
export const presenceChannel = "presence";
export const profilesChannel = "profiles";
