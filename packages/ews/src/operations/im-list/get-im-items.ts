import { MailboxError } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { contactOf, groupOf, openImList } from '../../im-list.ts';
import { askedProperties, imGroupElement, imPersona } from '../../mapping/im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { ItemIdEntry } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { ItemIdType } from '../../schema/types.generated.ts';

/** Groups and contacts by their ids. Ids of anything else are left out and no error, as its page says. @see GetImItems, EWS reference */
export const getImItems: Operation<'GetImItems'> = defineOperation('GetImItems', ({ ContactIds, GroupIds, ExtendedProperties }, context) =>
  answerAlone(context, (head) => head, async () => {
    const asked = askedProperties(ExtendedProperties);
    const list = await openImList(context);
    const groups = await found(GroupIds, (id) => groupOf(list, id, context));
    const contacts = await found(ContactIds, (id) => contactOf(list, id, context));
    return {
      ...success,
      ImItemList: {
        Groups: { ImGroup: groups.map((group) => imGroupElement(group, list, asked)) },
        Personas: { Persona: contacts.map((contact) => imPersona(contact, list.session, asked)) },
      },
    };
  }));

async function found<T>(entries: readonly ItemIdEntry[] = [], find: (id: ItemIdType) => Promise<T>): Promise<readonly T[]> {
  const there: T[] = [];
  for (const [kind, id] of entries) {
    if (kind !== 'ItemId') continue;
    try {
      there.push(await find(id));
    } catch (thrown) {
      if (!isNotThere(thrown)) throw thrown;
    }
  }
  return there;
}

function isNotThere(thrown: unknown): boolean {
  if (thrown instanceof MailboxError) return thrown.code === 'ItemNotFound';
  return thrown instanceof EwsError && (thrown.code === 'ErrorInvalidImContactId' || thrown.code === 'ErrorInvalidImGroupId');
}
