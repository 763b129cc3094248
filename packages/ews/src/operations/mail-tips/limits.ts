/** MaxRecipientsPerGetMailTipsRequest, as GetServiceConfiguration tells it ([K]). */
export const mailTipsLimits: { readonly recipients: number } = { recipients: 50 };
