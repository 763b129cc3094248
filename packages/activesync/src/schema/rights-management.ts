import { list, struct, text } from '@fauxchange/wbxml';

/** [MS-ASRM] 2.2.2.18. */
export const RightsManagementTemplates = list('RightsManagement', 'RightsManagementTemplate', struct('RightsManagement', { TemplateID: text(), TemplateName: text(), TemplateDescription: text() }));
