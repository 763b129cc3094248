import type { Operation } from './operation.ts';
import { disableApp } from './operations/add-ins/disable-app.ts';
import { getClientAccessToken } from './operations/add-ins/get-client-access-token.ts';
import { getLastPrivateCatalogUpdate } from './operations/add-ins/get-last-private-catalog-update.ts';
import { getPrivateCatalogAddIns } from './operations/add-ins/get-private-catalog-add-ins.ts';
import { installApp } from './operations/add-ins/install-app.ts';
import { registerConsent } from './operations/add-ins/register-consent.ts';
import { uninstallApp } from './operations/add-ins/uninstall-app.ts';
import { createAttachment } from './operations/attachments/create-attachment.ts';
import { deleteAttachment } from './operations/attachments/delete-attachment.ts';
import { getAttachment } from './operations/attachments/get-attachment.ts';
import { findAvailableMeetingTimes } from './operations/availability/find-available-meeting-times.ts';
import { findMeetingTimeCandidates } from './operations/availability/find-meeting-time-candidates.ts';
import { getUserAvailability } from './operations/availability/get-user-availability.ts';
import { addDistributionGroupToImList } from './operations/im-list/add-distribution-group-to-im-list.ts';
import { addImContactToGroup } from './operations/im-list/add-im-contact-to-group.ts';
import { addImGroup } from './operations/im-list/add-im-group.ts';
import { addNewImContactToGroup } from './operations/im-list/add-new-im-contact-to-group.ts';
import { addNewTelUriContactToGroup } from './operations/im-list/add-new-tel-uri-contact-to-group.ts';
import { getImItemList } from './operations/im-list/get-im-item-list.ts';
import { getImItems } from './operations/im-list/get-im-items.ts';
import { removeContactFromImList } from './operations/im-list/remove-contact-from-im-list.ts';
import { removeDistributionGroupFromImList } from './operations/im-list/remove-distribution-group-from-im-list.ts';
import { removeImContactFromGroup } from './operations/im-list/remove-im-contact-from-group.ts';
import { removeImGroup } from './operations/im-list/remove-im-group.ts';
import { setImGroup } from './operations/im-list/set-im-group.ts';
import { setImListMigrationCompleted } from './operations/im-list/set-im-list-migration-completed.ts';
import { getReminders } from './operations/reminders/get-reminders.ts';
import { performReminderAction } from './operations/reminders/perform-reminder-action.ts';
import { createUserConfiguration } from './operations/configuration/create-user-configuration.ts';
import { deleteUserConfiguration } from './operations/configuration/delete-user-configuration.ts';
import { getUserConfiguration } from './operations/configuration/get-user-configuration.ts';
import { updateUserConfiguration } from './operations/configuration/update-user-configuration.ts';
import { applyConversationAction } from './operations/conversations/apply-conversation-action.ts';
import { findConversation } from './operations/conversations/find-conversation.ts';
import { getConversationItems } from './operations/conversations/get-conversation-items.ts';
import { addDelegate } from './operations/delegates/add-delegate.ts';
import { getDelegate } from './operations/delegates/get-delegate.ts';
import { removeDelegate } from './operations/delegates/remove-delegate.ts';
import { updateDelegate } from './operations/delegates/update-delegate.ts';
import { expandDL } from './operations/directory/expand-dl.ts';
import { getRoomLists } from './operations/directory/get-room-lists.ts';
import { getRooms } from './operations/directory/get-rooms.ts';
import { getSearchableMailboxes } from './operations/directory/get-searchable-mailboxes.ts';
import { resolveNames } from './operations/directory/resolve-names.ts';
import { findMailboxStatisticsByKeywords } from './operations/discovery/find-mailbox-statistics-by-keywords.ts';
import { getDiscoverySearchConfiguration } from './operations/discovery/get-discovery-search-configuration.ts';
import { getHoldOnMailboxes } from './operations/discovery/get-hold-on-mailboxes.ts';
import { getNonIndexableItemDetails } from './operations/discovery/get-non-indexable-item-details.ts';
import { getNonIndexableItemStatistics } from './operations/discovery/get-non-indexable-item-statistics.ts';
import { searchMailboxes } from './operations/discovery/search-mailboxes.ts';
import { setHoldOnMailboxes } from './operations/discovery/set-hold-on-mailboxes.ts';
import { createFolderPath } from './operations/folders/create-folder-path.ts';
import { createFolder } from './operations/folders/create-folder.ts';
import { createManagedFolder } from './operations/folders/create-managed-folder.ts';
import { deleteFolder } from './operations/folders/delete-folder.ts';
import { emptyFolder } from './operations/folders/empty-folder.ts';
import { findFolder } from './operations/folders/find-folder.ts';
import { getFolder } from './operations/folders/get-folder.ts';
import { copyFolder, moveFolder } from './operations/folders/move-folder.ts';
import { updateFolder } from './operations/folders/update-folder.ts';
import { deleteSearchSuggestion } from './operations/instant-search/delete-search-suggestion.ts';
import { endSearchSession } from './operations/instant-search/end-search-session.ts';
import { executeSearch } from './operations/instant-search/execute-search.ts';
import { getSearchSuggestions } from './operations/instant-search/get-search-suggestions.ts';
import { performInstantSearch } from './operations/instant-search/perform-instant-search.ts';
import { startSearchSession } from './operations/instant-search/start-search-session.ts';
import { archiveItem } from './operations/items/archive-item.ts';
import { createItem } from './operations/items/create-item.ts';
import { deleteItem } from './operations/items/delete-item.ts';
import { findItem } from './operations/items/find-item.ts';
import { getItem } from './operations/items/get-item.ts';
import { markAllItemsAsRead } from './operations/items/mark-all-items-as-read.ts';
import { markAsJunk } from './operations/items/mark-as-junk.ts';
import { copyItem, moveItem } from './operations/items/move-item.ts';
import { reportMessage } from './operations/items/report-message.ts';
import { sendItem } from './operations/items/send-item.ts';
import { updateItemInRecoverableItems } from './operations/items/update-item-in-recoverable-items.ts';
import { updateItem } from './operations/items/update-item.ts';
import { getMailTips } from './operations/mail-tips/get-mail-tips.ts';
import { getEvents } from './operations/notifications/get-events.ts';
import { getStreamingEvents } from './operations/notifications/get-streaming-events.ts';
import { subscribe } from './operations/notifications/subscribe.ts';
import { unsubscribe } from './operations/notifications/unsubscribe.ts';
import { getUserOofSettings } from './operations/oof/get-user-oof-settings.ts';
import { setUserOofSettings } from './operations/oof/set-user-oof-settings.ts';
import { findPeople } from './operations/people/find-people.ts';
import { getPersona } from './operations/people/get-persona.ts';
import { getUserPhoto } from './operations/people/get-user-photo.ts';
import { setUserPhoto } from './operations/people/set-user-photo.ts';
import { getUserRetentionPolicyTags } from './operations/retention/get-user-retention-policy-tags.ts';
import { getInboxRules } from './operations/rules/get-inbox-rules.ts';
import { updateInboxRules } from './operations/rules/update-inbox-rules.ts';
import { convertId } from './operations/service/convert-id.ts';
import { getAppManifests } from './operations/service/get-app-manifests.ts';
import { getAppMarketplaceUrl } from './operations/service/get-app-marketplace-url.ts';
import { getPasswordExpirationDate } from './operations/service/get-password-expiration-date.ts';
import { getServerTimeZones } from './operations/service/get-server-time-zones.ts';
import { getServiceConfiguration } from './operations/service/get-service-configuration.ts';
import { getSharingFolder } from './operations/sharing/get-sharing-folder.ts';
import { getSharingMetadata } from './operations/sharing/get-sharing-metadata.ts';
import { refreshSharingFolder } from './operations/sharing/refresh-sharing-folder.ts';
import { syncFolderHierarchy } from './operations/sync/sync-folder-hierarchy.ts';
import { syncFolderItems } from './operations/sync/sync-folder-items.ts';
import { findMessageTrackingReport } from './operations/tracking/find-message-tracking-report.ts';
import { getMessageTrackingReport } from './operations/tracking/get-message-tracking-report.ts';
import { exportItems } from './operations/transfer/export-items.ts';
import { uploadItems } from './operations/transfer/upload-items.ts';

/** Operations with semantics of their own. */
export type EmulatedOperation =
  | 'AddDelegate' | 'ApplyConversationAction' | 'ArchiveItem' | 'ConvertId' | 'CopyFolder' | 'CopyItem'
  | 'CreateAttachment' | 'CreateFolder' | 'CreateFolderPath' | 'CreateItem' | 'CreateUserConfiguration' | 'DeleteAttachment'
  | 'DeleteFolder' | 'DeleteItem' | 'DeleteUserConfiguration' | 'EmptyFolder' | 'ExpandDL' | 'ExportItems'
  | 'FindConversation' | 'FindFolder' | 'FindItem' | 'FindPeople' | 'GetAppManifests' | 'GetAppMarketplaceUrl'
  | 'GetAttachment' | 'GetConversationItems' | 'GetDelegate' | 'GetEvents' | 'GetFolder' | 'GetInboxRules'
  | 'GetItem' | 'GetMailTips' | 'GetPasswordExpirationDate' | 'GetPersona' | 'GetReminders' | 'PerformReminderAction' | 'GetRoomLists' | 'GetRooms'
  | 'GetSearchableMailboxes' | 'GetServerTimeZones' | 'GetServiceConfiguration' | 'GetStreamingEvents' | 'GetUserAvailability' | 'GetUserConfiguration'
  | 'GetUserOofSettings' | 'GetUserPhoto' | 'MarkAllItemsAsRead' | 'MarkAsJunk' | 'MoveFolder' | 'MoveItem'
  | 'RemoveDelegate' | 'ResolveNames' | 'SendItem' | 'SetUserOofSettings' | 'SetUserPhoto' | 'Subscribe'
  | 'SyncFolderHierarchy' | 'SyncFolderItems' | 'Unsubscribe' | 'UpdateDelegate' | 'UpdateFolder' | 'UpdateInboxRules'
  | 'UpdateItem' | 'UpdateUserConfiguration' | 'UploadItems'
  | 'AddDistributionGroupToImList' | 'AddImContactToGroup' | 'AddImGroup' | 'AddNewImContactToGroup' | 'AddNewTelUriContactToGroup' | 'CreateManagedFolder'
  | 'DisableApp' | 'FindMessageTrackingReport' | 'GetClientAccessToken' | 'GetImItemList' | 'GetImItems' | 'GetLastPrivateCatalogUpdate'
  | 'GetMessageTrackingReport' | 'GetPrivateCatalogAddIns' | 'GetSharingFolder' | 'GetSharingMetadata' | 'GetUserRetentionPolicyTags' | 'InstallApp'
  | 'RefreshSharingFolder' | 'RemoveContactFromImList' | 'RemoveDistributionGroupFromImList' | 'RemoveImContactFromGroup' | 'RemoveImGroup' | 'ReportMessage'
  | 'SetImGroup' | 'SetImListMigrationCompleted' | 'UninstallApp' | 'UpdateItemInRecoverableItems'
  | 'FindMailboxStatisticsByKeywords' | 'GetDiscoverySearchConfiguration' | 'GetHoldOnMailboxes' | 'GetNonIndexableItemDetails' | 'GetNonIndexableItemStatistics' | 'SearchMailboxes'
  | 'SetHoldOnMailboxes' | 'FindAvailableMeetingTimes' | 'FindMeetingTimeCandidates' | 'DeleteSearchSuggestion' | 'EndSearchSession' | 'ExecuteSearch'
  | 'GetSearchSuggestions' | 'PerformInstantSearch' | 'RegisterConsent' | 'StartSearchSession';

/** Every operation that is emulated. Adding one is one handler and one line here; the rest of the WSDL answers with an error of its schema. */
export const operations: { readonly [N in EmulatedOperation]: Operation<N> } = {
  AddDelegate: addDelegate,
  AddDistributionGroupToImList: addDistributionGroupToImList,
  AddImContactToGroup: addImContactToGroup,
  AddImGroup: addImGroup,
  AddNewImContactToGroup: addNewImContactToGroup,
  AddNewTelUriContactToGroup: addNewTelUriContactToGroup,
  ApplyConversationAction: applyConversationAction,
  ArchiveItem: archiveItem,
  ConvertId: convertId,
  CopyFolder: copyFolder,
  CopyItem: copyItem,
  CreateAttachment: createAttachment,
  CreateFolder: createFolder,
  CreateFolderPath: createFolderPath,
  CreateItem: createItem,
  CreateManagedFolder: createManagedFolder,
  CreateUserConfiguration: createUserConfiguration,
  DeleteAttachment: deleteAttachment,
  DeleteFolder: deleteFolder,
  DeleteItem: deleteItem,
  DeleteSearchSuggestion: deleteSearchSuggestion,
  DeleteUserConfiguration: deleteUserConfiguration,
  DisableApp: disableApp,
  EmptyFolder: emptyFolder,
  EndSearchSession: endSearchSession,
  ExecuteSearch: executeSearch,
  ExpandDL: expandDL,
  ExportItems: exportItems,
  FindAvailableMeetingTimes: findAvailableMeetingTimes,
  FindConversation: findConversation,
  FindFolder: findFolder,
  FindItem: findItem,
  FindMailboxStatisticsByKeywords: findMailboxStatisticsByKeywords,
  FindMeetingTimeCandidates: findMeetingTimeCandidates,
  FindMessageTrackingReport: findMessageTrackingReport,
  FindPeople: findPeople,
  GetAppManifests: getAppManifests,
  GetAppMarketplaceUrl: getAppMarketplaceUrl,
  GetAttachment: getAttachment,
  GetClientAccessToken: getClientAccessToken,
  GetConversationItems: getConversationItems,
  GetDelegate: getDelegate,
  GetDiscoverySearchConfiguration: getDiscoverySearchConfiguration,
  GetEvents: getEvents,
  GetFolder: getFolder,
  GetHoldOnMailboxes: getHoldOnMailboxes,
  GetImItemList: getImItemList,
  GetImItems: getImItems,
  GetInboxRules: getInboxRules,
  GetItem: getItem,
  GetLastPrivateCatalogUpdate: getLastPrivateCatalogUpdate,
  GetMailTips: getMailTips,
  GetMessageTrackingReport: getMessageTrackingReport,
  GetNonIndexableItemDetails: getNonIndexableItemDetails,
  GetNonIndexableItemStatistics: getNonIndexableItemStatistics,
  GetPasswordExpirationDate: getPasswordExpirationDate,
  GetPersona: getPersona,
  GetPrivateCatalogAddIns: getPrivateCatalogAddIns,
  GetReminders: getReminders,
  GetRoomLists: getRoomLists,
  GetRooms: getRooms,
  GetSearchableMailboxes: getSearchableMailboxes,
  GetSearchSuggestions: getSearchSuggestions,
  GetServerTimeZones: getServerTimeZones,
  GetServiceConfiguration: getServiceConfiguration,
  GetSharingFolder: getSharingFolder,
  GetSharingMetadata: getSharingMetadata,
  GetStreamingEvents: getStreamingEvents,
  GetUserAvailability: getUserAvailability,
  GetUserConfiguration: getUserConfiguration,
  GetUserOofSettings: getUserOofSettings,
  GetUserPhoto: getUserPhoto,
  GetUserRetentionPolicyTags: getUserRetentionPolicyTags,
  InstallApp: installApp,
  MarkAllItemsAsRead: markAllItemsAsRead,
  MarkAsJunk: markAsJunk,
  MoveFolder: moveFolder,
  MoveItem: moveItem,
  RefreshSharingFolder: refreshSharingFolder,
  RegisterConsent: registerConsent,
  RemoveContactFromImList: removeContactFromImList,
  RemoveDelegate: removeDelegate,
  PerformInstantSearch: performInstantSearch,
  PerformReminderAction: performReminderAction,
  RemoveDistributionGroupFromImList: removeDistributionGroupFromImList,
  RemoveImContactFromGroup: removeImContactFromGroup,
  RemoveImGroup: removeImGroup,
  ReportMessage: reportMessage,
  ResolveNames: resolveNames,
  SearchMailboxes: searchMailboxes,
  SendItem: sendItem,
  SetHoldOnMailboxes: setHoldOnMailboxes,
  SetImGroup: setImGroup,
  SetImListMigrationCompleted: setImListMigrationCompleted,
  SetUserOofSettings: setUserOofSettings,
  SetUserPhoto: setUserPhoto,
  StartSearchSession: startSearchSession,
  Subscribe: subscribe,
  SyncFolderHierarchy: syncFolderHierarchy,
  SyncFolderItems: syncFolderItems,
  UninstallApp: uninstallApp,
  Unsubscribe: unsubscribe,
  UpdateDelegate: updateDelegate,
  UpdateFolder: updateFolder,
  UpdateInboxRules: updateInboxRules,
  UpdateItem: updateItem,
  UpdateItemInRecoverableItems: updateItemInRecoverableItems,
  UpdateUserConfiguration: updateUserConfiguration,
  UploadItems: uploadItems,
};
