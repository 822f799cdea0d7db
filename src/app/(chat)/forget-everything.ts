import { forgetAccount } from "~/browser/kept-account";
import { forgetDraftFiles } from "~/components/messages/attachments/draft-file-store";
import { forgetDrafts } from "~/components/messages/composer/drafts";
import { keptSkinTone } from "~/components/messages/emoji/skin-tone";
import { forgetUnsent } from "~/components/messages/outbox/browser-store";
import { forgetSearches } from "~/components/messages/search/recent-searches";
import { unsubscribeFromPush } from "~/components/notifications/push-subscription";
import { endCalls } from "~/components/notifications/standing-calls";
import type { User } from "~/shared/users";

/** Leaves nothing of the account in this browser, as on signing out. */
export const forgetEverything = async (me: User): Promise<void> => {
  forgetDrafts();
  forgetSearches();
  keptSkinTone.forget();
  await Promise.all([
    forgetUnsent(me.id),
    forgetDraftFiles(me.id),
    forgetAccount(),
    unsubscribeFromPush(),
    endCalls(),
  ]);
};
