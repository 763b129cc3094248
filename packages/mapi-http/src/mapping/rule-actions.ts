import { binary, property as propertyNamed, propertyTypeOf, propertyTypes, type PropertyName } from '@fauxchange/properties';
import type { Directory, FolderId, RuleParty, RuleStep } from '@fauxchange/mailbox';
import { bounceCode, decode, encode, errorCode, folderEntryId, guid, idOfTag, objectId, serverEid, typeOfTag, WireError, type RuleAction, type RecipientBlock, type TaggedValue } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { ownReplId } from '../logon/replica-ids.ts';
import { storeEntryIdOf } from './entry-ids.ts';
import { propertyOfTag, tagOfProperty } from './property-tags.ts';
import { fromWire, toWire } from './wire-values.ts';

/** ActionFlavor, [MS-OXORULE] 2.2.5.1.1. */
const forwardFlavor = { PreserveSender: 0x1, DoNotMunge: 0x2, Attach: 0x4 } as const;
const replyFlavor = { DoNotSendToSender: 0x1, StockTemplate: 0x2 } as const;
/** PidTagDisplayName, PidTagSmtpAddress, PidTagAddressType, PidTagEmailAddress: by their ids, whatever width their texts have. */
const recipientIds = { name: 0x3001, smtp: 0x39fe, type: 0x3002, address: 0x3003 } as const;
const recipientTags = { entryId: 0x0fff_0102, name: 0x3001_001f, type: 0x3002_001f, address: 0x3003_001f, smtp: 0x39fe_001f, recipientType: 0x0c15_0003 } as const;
const bounces = { tooLarge: bounceCode.TooLarge, cannotBeDisplayed: bounceCode.CannotBeDisplayed, denied: bounceCode.Denied } as const;

const invalid = (message: string): RopError => new RopError(errorCode.InvalidParameter, message);

type OfKind<K, U> = U extends { readonly kind: infer Own } ? (K extends Own ? U : never) : never;
type Reader<K extends RuleAction['kind']> = (action: OfKind<K, RuleAction>, logon: Logon, directory: Directory) => RuleStep;

/** The folder that a rule moves or copies to; only those of the mailbox itself, [MS-OXORULE] 2.2.5.1.2.1. */
function folderOf({ FolderInThisStore, FolderEID }: OfKind<'Move' | 'Copy', RuleAction>, logon: Logon): FolderId {
  if (!FolderInThisStore) throw new RopError(errorCode.NotSupported, 'A folder of another store is for the client to move to.');
  try {
    if (FolderEID.length === 21) return logon.folderId(decode(FolderEID, serverEid).FolderId);
    return logon.folderId(objectId(ownReplId, decode(FolderEID, folderEntryId).GlobalCounter));
  } catch (thrown) {
    if (thrown instanceof WireError) throw invalid('A rule moves to something that is no folder.');
    throw thrown;
  }
}

function partyOf({ PropertyValues }: RecipientBlock, directory: Directory): RuleParty {
  const text = (id: number): string | undefined => PropertyValues.find(({ tag, value }) => idOfTag(tag) === id && typeof value === 'string')?.value as string | undefined;
  const given = text(recipientIds.smtp) ?? text(recipientIds.address) ?? '';
  const entry = directory.byLegacyDN(text(recipientIds.address) ?? '') ?? directory.byAddress(given);
  const address = entry?.primarySmtpAddress ?? given;
  if (address === '') throw invalid('A recipient of a rule has no address.');
  return { name: text(recipientIds.name) ?? entry?.displayName ?? address, address: address.toLowerCase() };
}

const place = (kind: 'move' | 'copy'): Reader<'Move' | 'Copy'> => (action, logon) => {
  if (logon.isPublic) throw new RopError(errorCode.NotSupported, 'Rules of public folders neither move nor copy.');
  return { kind, folderId: folderOf(action, logon) };
};
const answer = (kind: 'reply' | 'oofReply'): Reader<'Reply' | 'OofReply'> => ({ ActionFlavor, ReplyTemplateMID, ReplyTemplateGUID }, logon) => {
  if ((ActionFlavor & ~(replyFlavor.DoNotSendToSender | replyFlavor.StockTemplate)) !== 0) throw invalid('A reply has another flavor.');
  return { kind, template: logon.itemId(ReplyTemplateMID), templateId: binary.from(encode(guid, ReplyTemplateGUID)), sendsToSender: (ActionFlavor & replyFlavor.DoNotSendToSender) === 0 };
};

const readers: { readonly [K in RuleAction['kind']]: Reader<K> } = {
  Move: place('move'),
  Copy: place('copy'),
  Reply: answer('reply'),
  OofReply: answer('oofReply'),
  Defer: (_action, logon) => {
    if (logon.isPublic) throw new RopError(errorCode.NotSupported, 'Nobody does what rules of public folders leave to a client.');
    return { kind: 'defer' };
  },
  Bounce({ BounceCode }) {
    const why = (Object.keys(bounces) as (keyof typeof bounces)[]).find((one) => bounces[one] === BounceCode);
    if (!why) throw invalid(`There is no reason 0x${BounceCode.toString(16)} to refuse a message.`);
    return { kind: 'bounce', why };
  },
  Forward({ ActionFlavor, RecipientBlocks }, _logon, directory) {
    const to = RecipientBlocks.map((one) => partyOf(one, directory));
    const { PreserveSender, DoNotMunge, Attach } = forwardFlavor;
    // As a text message to a phone: nobody here has one.
    if ((ActionFlavor & ~(PreserveSender | DoNotMunge | Attach)) !== 0) throw new RopError(errorCode.NotSupported, 'Nothing is forwarded to phones.');
    if ((ActionFlavor & Attach) !== 0 && ActionFlavor !== Attach) throw invalid('What is attached is not sent on as it is.');
    return { kind: 'forward', to, manner: ActionFlavor === 0 ? 'forwarded' : ActionFlavor === Attach ? 'attached' : 'redirected' };
  },
  Delegate: ({ RecipientBlocks }, _logon, directory) => ({ kind: 'delegate', to: RecipientBlocks.map((one) => partyOf(one, directory)) }),
  Tag({ TaggedValue: { tag, value } }, logon) {
    const property = propertyOfTag(tag, logon.names);
    if (!property || !propertyTypeOf(typeOfTag(tag))) throw invalid('A rule tags with a property that there is not.');
    return { kind: 'tag', property: property.name, value: fromWire(property.type, value) };
  },
  Delete: () => ({ kind: 'delete' }),
  MarkAsRead: () => ({ kind: 'markAsRead' }),
};

/** What a rule's actions come to. @throws RopError for those that no rule may have */
export function stepsOfActions(actions: readonly RuleAction[], logon: Logon, directory: Directory): readonly RuleStep[] {
  return actions.map((action) => (readers[action.kind] as (one: RuleAction, logon: Logon, directory: Directory) => RuleStep)(action, logon, directory));
}

type Writer<K extends RuleStep['kind']> = (step: OfKind<K, RuleStep>, logon: Logon, directory: Directory) => RuleAction;
const plain = { ActionFlavor: 0, ActionFlags: 0 } as const;

function blockOf({ name, address }: RuleParty, directory: Directory): RecipientBlock {
  const entry = directory.byAddress(address);
  const values: readonly TaggedValue[] = [
    { tag: recipientTags.name, value: name }, { tag: recipientTags.recipientType, value: 1 }, { tag: recipientTags.smtp, value: address },
    { tag: recipientTags.type, value: entry ? 'EX' : 'SMTP' }, { tag: recipientTags.address, value: entry?.legacyExchangeDN ?? address },
  ];
  return { Reserved: 1, PropertyValues: values };
}

const placed = (kind: 'Move' | 'Copy'): Writer<'move' | 'copy'> => ({ folderId }, logon) => ({
  kind, ...plain, FolderInThisStore: true, StoreEID: binary.toBytes(storeEntryIdOf(logon.mailbox)), FolderEID: encode(serverEid, { FolderId: logon.wireId(folderId), MessageId: 0n, Instance: 0 }),
});
const noGuid = '00000000-0000-0000-0000-000000000000';
const answered = (kind: 'Reply' | 'OofReply'): Writer<'reply' | 'oofReply'> => ({ template, templateId, sendsToSender }, logon) => ({
  kind, ActionFlags: 0, ActionFlavor: sendsToSender ? 0 : replyFlavor.DoNotSendToSender, ReplyTemplateFID: 0n, ReplyTemplateMID: logon.wireId(template), ReplyTemplateGUID: templateId === '' ? noGuid : decode(binary.toBytes(templateId), guid),
});
const flavors = { forwarded: 0, redirected: forwardFlavor.PreserveSender | forwardFlavor.DoNotMunge, attached: forwardFlavor.Attach } as const;

function taggedOf(name: PropertyName, value: OfKind<'tag', RuleStep>['value'], logon: Logon): TaggedValue {
  const property = propertyNamed(name);
  const tag = property && tagOfProperty(property, logon.names);
  if (!property || tag === undefined) throw invalid(`Nobody knows a property ${name}.`);
  return { tag: ((tag & ~0xffff) | propertyTypes[property.type]) >>> 0, value: toWire(property.type, value) };
}

const writers: { readonly [K in RuleStep['kind']]: Writer<K> } = {
  move: placed('Move'),
  copy: placed('Copy'),
  reply: answered('Reply'),
  oofReply: answered('OofReply'),
  defer: () => ({ kind: 'Defer', ...plain, ActionData: new Uint8Array(0) }),
  bounce: ({ why }) => ({ kind: 'Bounce', ...plain, BounceCode: bounces[why] }),
  forward: ({ to, manner }, _logon, directory) => ({ kind: 'Forward', ActionFlags: 0, ActionFlavor: flavors[manner], RecipientBlocks: to.map((one) => blockOf(one, directory)) }),
  delegate: ({ to }, _logon, directory) => ({ kind: 'Delegate', ...plain, RecipientBlocks: to.map((one) => blockOf(one, directory)) }),
  tag: ({ property, value }, logon) => ({ kind: 'Tag', ...plain, TaggedValue: taggedOf(property, value, logon) }),
  delete: () => ({ kind: 'Delete', ...plain }),
  markAsRead: () => ({ kind: 'MarkAsRead', ...plain }),
};

/** The actions of rules that another protocol has made. */
export function actionsOfSteps(steps: readonly RuleStep[], logon: Logon, directory: Directory): readonly RuleAction[] {
  return steps.map((step) => (writers[step.kind] as (one: RuleStep, logon: Logon, directory: Directory) => RuleAction)(step, logon, directory));
}
