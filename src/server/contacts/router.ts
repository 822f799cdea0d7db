import { z } from "zod";
import { protectedProcedure, router } from "~/server/trpc/init";
import {
  addContactInput,
  contactInput,
  contactListSchema,
  contactSchema,
  personSchema,
  searchPeopleInput,
  userInput,
} from "~/shared/contacts";
import { roomInput } from "~/shared/rooms";
import { userSchema } from "~/shared/users";
import { searchPeople } from "./search";
import * as service from "./service";

export const contactsRouter = router({
  /** People by name or username: partial, accents and case ignored; never myself, never somebody who blocked me. */
  search: protectedProcedure
    .input(searchPeopleInput)
    .output(z.array(personSchema))
    .query(({ ctx, input }) => searchPeople(ctx.runtime, ctx.user, input)),

  list: protectedProcedure
    .output(contactListSchema)
    .query(({ ctx }) => service.listContacts(ctx.runtime, ctx.user)),

  /** Mine alone and instant; opens the 1:1 room. Adding somebody twice answers with the same contact. */
  add: protectedProcedure
    .input(addContactInput)
    .output(contactSchema)
    .mutation(({ ctx, input }) => service.addContact(ctx.runtime, ctx.user, input)),

  /** Takes somebody off my list. The room and its messages stay. */
  remove: protectedProcedure
    .input(contactInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.removeContact(ctx.runtime, ctx.user, input.contactId)),

  /** Accepts the message request that this room is to me. */
  accept: protectedProcedure
    .input(roomInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.acceptRequest(ctx.runtime, ctx.user, input.roomId)),

  /** They learn nothing of it; what they send from now on reaches nobody. */
  block: protectedProcedure
    .input(userInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.block(ctx.runtime, ctx.user, input.userId)),

  unblock: protectedProcedure
    .input(userInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.unblock(ctx.runtime, ctx.user, input.userId)),

  /** The people I have blocked. */
  blocked: protectedProcedure
    .output(z.array(userSchema))
    .query(({ ctx }) => service.listBlocked(ctx.runtime, ctx.user)),
});
