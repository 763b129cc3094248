import { isCodePage } from '@fauxchange/mapi-wire';
import { unicodePage } from './address-book-server.ts';
import { defineOperation } from './define-operation.ts';
import { detailsTemplates, templateLocale } from './details-templates.ts';
import { NspiError } from './nspi-error.ts';
import { templateData } from './template-data.ts';

/** TI_TEMPLATE, [MS-OXNSPI] 2.2.1.14. */
const templateFlag = 1;
const templateDataTag = 0x0001_0102;

/**
 * [MS-OXCMAPIHTTP] 2.2.5.9, [MS-OXNSPI] 3.1.4.1.18: what clients show of an entry.
 *
 * @NOTE There are no scripts and no help here, which only templates of new addresses need, and no templates that have names.
 */
export const getTemplateInfo = defineOperation('GetTemplateInfo', ({ CodePage }) => ({ CodePage, Row: null }), ({ Flags, DisplayType, TemplateDn, CodePage, LocaleId }) => {
  if (CodePage === unicodePage || !isCodePage(CodePage)) throw new NspiError('InvalidCodepage');
  const controls = TemplateDn === null && LocaleId === templateLocale ? detailsTemplates.get(DisplayType) : undefined;
  if (!controls) throw new NspiError('InvalidLocale');
  return { CodePage, Row: (Flags & templateFlag) === 0 ? [] : [{ tag: templateDataTag, value: templateData(controls, CodePage) }] };
});
