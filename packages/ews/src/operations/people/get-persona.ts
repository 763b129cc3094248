import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { decodePersonaId } from '../../ids/persona-id.ts';
import { getItem } from '../../items.ts';
import { contactPersona, directoryPersona, personaElement, type Persona } from '../../mapping/persona.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { openMailbox } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { GetPersonaType } from '../../schema/types.generated.ts';

/** The schema wants a persona in errors too: one with the id asked for and nothing more. @see GetPersona, EWS reference */
export const getPersona: Operation<'GetPersona'> = defineOperation('GetPersona', (request, context) =>
  answerAlone(context, (head) => ({ ...head, Persona: { PersonaId: request.PersonaId ?? { Id: '' } } }), async () => {
    const persona = await personaOf(request, context);
    return { ...success, Persona: personaElement(persona, 'Full', request.AdditionalProperties) };
  }));

/** ErrorInvalidIdMalformed; ErrorItemNotFound for nobody ([K]: the code ErrorPersonNotFound of the field is in no schema). */
async function personaOf({ PersonaId, EmailAddress }: GetPersonaType, context: EwsContext): Promise<Persona> {
  const { organization } = context;
  if (!PersonaId) {
    const entry = EmailAddress?.EmailAddress ? organization.directory.byAddress(EmailAddress.EmailAddress) : undefined;
    if (!EmailAddress?.EmailAddress) throw new EwsError('ErrorInvalidArgument');
    if (!entry) throw new EwsError('ErrorItemNotFound');
    return directoryPersona(entry);
  }
  if (PersonaId.Id === '') throw new EwsError('ErrorInvalidIdEmpty');
  const key = decodePersonaId(PersonaId.Id);
  if (!key) throw new EwsError('ErrorInvalidIdMalformed');
  if (key.kind === 'directory') {
    const entry = organization.directory.byId(key.entryId);
    if (!entry) throw new EwsError('ErrorItemNotFound');
    return directoryPersona(entry);
  }
  const session = openMailbox(organization.mailboxByGuid(key.mailboxGuid), context);
  return contactPersona(await getItem(session, key.itemId), session);
}
