"""Who may do what, address by address: the whole product on one list.

`public`: anybody. `person`: whoever is signed in (or holds any token). `nobody`: only in development. Otherwise the
permission of headway.people.rules that is needed at least; an operation of the API also names the scope of the token.
"""

SIGNING_IN = """
GET    /                                                                          public
GET    /sign-in                                                                   public
POST   /sign-in                                                                   public
GET    /sign-in/second-factor                                                     public
POST   /sign-in/second-factor                                                     public
GET    /sign-in/inactive                                                          public
GET    /sign-out                                                                  public
POST   /sign-out                                                                  public
GET    /sign-up                                                                   public
GET    /files/{link}                                                              public
GET    /files/{link}/content                                                      public
GET    /invitation/{secret}                                                       public
POST   /invitation/{secret}                                                       public
GET    /password-reset                                                            public
POST   /password-reset                                                            public
GET    /password-reset/sent                                                       public
GET    /password-reset/done                                                       public
GET    /password-reset/{uidb36}/{key}                                             public
POST   /password-reset/{uidb36}/{key}                                             public
GET    /desk/account                                                              person
POST   /desk/account                                                              person
GET    /desk/account/password                                                     person
POST   /desk/account/password                                                     person
GET    /desk/account/password/first                                               public
GET    /desk/account/confirmation                                                 person
POST   /desk/account/confirmation                                                 person
GET    /desk/account/confirmation/second-factor                                   person
POST   /desk/account/confirmation/second-factor                                   person
GET    /desk/account/second-factor                                                public
GET    /desk/account/second-factor/app                                            person
POST   /desk/account/second-factor/app                                            person
GET    /desk/account/second-factor/removal                                        person
POST   /desk/account/second-factor/removal                                        person
GET    /desk/account/recovery-codes                                               person
GET    /desk/account/recovery-codes/renewal                                       person
POST   /desk/account/recovery-codes/renewal                                       person
GET    /desk/account/recovery-codes/file                                          person
"""

# A call proves itself by its signature or password, once it has found the address.
INBOUND = """
POST   /in/{path}                                                                 public
POST   /in/{path}/mime                                                            public
"""

DESK = """
GET    /desk/                                                                     tickets.read
GET    /desk/views/{name}                                                         tickets.read
GET    /desk/bulk                                                                 tickets.bulk
POST   /desk/bulk                                                                 tickets.bulk
POST   /desk/bulk/preview                                                         tickets.bulk
POST   /desk/bulk/undo                                                            tickets.bulk
GET    /desk/habits                                                               tickets.read
POST   /desk/habits                                                               tickets.read
POST   /desk/habits/look                                                          tickets.read
GET    /desk/palette                                                              tickets.read
POST   /desk/saved-views                                                          tickets.read
GET    /desk/saved-views/new                                                      tickets.read
GET    /desk/saved-views/{view_id}                                                tickets.read
POST   /desk/saved-views/{view_id}                                                tickets.read
POST   /desk/saved-views/{view_id}/position                                       tickets.read
POST   /desk/saved-views/{view_id}/removal                                        tickets.read
POST   /desk/saved-views/{view_id}/restoration                                    tickets.read
GET    /desk/changes                                                              tickets.read
GET    /desk/filters                                                              tickets.read
GET    /desk/completions                                                          tickets.read
GET    /desk/counts                                                               tickets.read
POST   /desk/tickets                                                              tickets.work
GET    /desk/tickets/draft                                                        tickets.work
GET    /desk/tickets/{number}                                                     tickets.read
GET    /desk/tickets/{number}/changes                                             tickets.read
POST   /desk/tickets/{number}/following                                           tickets.read
DELETE /desk/tickets/{number}/following                                           tickets.read
POST   /desk/tickets/{number}/work                                                tickets.read
GET    /desk/tickets/{number}/presence                                            tickets.read
POST   /desk/tickets/{number}/presence                                            tickets.read
DELETE /desk/tickets/{number}/presence                                            tickets.read
POST   /desk/tickets/{number}/reading                                             tickets.read
DELETE /desk/tickets/{number}/reading                                             tickets.read
POST   /desk/tickets/{number}/replies                                             tickets.note
POST   /desk/tickets/{number}/draft                                               tickets.note
DELETE /desk/tickets/{number}/draft                                               tickets.note
POST   /desk/tickets/{number}/draft/sharing                                       tickets.note
DELETE /desk/tickets/{number}/draft/sharing                                       tickets.note
GET    /desk/tickets/{number}/callees                                             tickets.note
GET    /desk/tickets/{number}/macros                                              tickets.note
GET    /desk/tickets/{number}/macros/{macro_id}                                   tickets.note
POST   /desk/tickets/{number}/macros/{macro_id}                                   tickets.note
POST   /desk/tickets/{number}/status                                              tickets.work
POST   /desk/tickets/{number}/closure                                             tickets.work
DELETE /desk/tickets/{number}/closure                                             tickets.work
DELETE /desk/tickets/{number}/move                                                tickets.work
GET    /desk/tickets/{number}/assignment                                          tickets.work
POST   /desk/tickets/{number}/assignment                                          tickets.work
GET    /desk/tickets/{number}/team                                                tickets.work
POST   /desk/tickets/{number}/team                                                tickets.work
POST   /desk/tickets/{number}/priority                                            tickets.work
GET    /desk/tickets/{number}/tags                                                tickets.work
POST   /desk/tickets/{number}/tags                                                tickets.work
DELETE /desk/tickets/{number}/tags                                                tickets.work
GET    /desk/tickets/{number}/subject                                             tickets.work
POST   /desk/tickets/{number}/subject                                             tickets.work
GET    /desk/tickets/{number}/fields                                              tickets.work
POST   /desk/tickets/{number}/fields                                              tickets.work
POST   /desk/tickets/{number}/snooze                                              tickets.work
DELETE /desk/tickets/{number}/snooze                                              tickets.work
POST   /desk/tickets/{number}/suspicion                                           tickets.work
DELETE /desk/tickets/{number}/suspicion                                           tickets.work
GET    /desk/tickets/{number}/merge                                               tickets.work
POST   /desk/tickets/{number}/merge                                               tickets.work
GET    /desk/tickets/{number}/split                                               tickets.work
POST   /desk/tickets/{number}/split                                               tickets.work
GET    /desk/tickets/{number}/links                                               tickets.work
POST   /desk/tickets/{number}/links                                               tickets.work
DELETE /desk/tickets/{number}/links                                               tickets.work
GET    /desk/messages/{message_id}/page                                           tickets.read
GET    /desk/messages/{message_id}/files/{file_id}                                tickets.read
GET    /desk/messages/{message_id}/path                                           tickets.read
GET    /desk/messages/{message_id}/source                                         tickets.work
POST   /desk/messages/{message_id}/admission                                      tickets.work
POST   /desk/messages/{message_id}/sending                                        tickets.reply
POST   /desk/messages/{message_id}/withdrawal                                     tickets.reply
GET    /desk/notes/{note_id}/files/{file_id}                                      tickets.read
GET    /desk/scheduled/{scheduled_id}                                             tickets.reply
POST   /desk/scheduled/{scheduled_id}                                             tickets.reply
POST   /desk/scheduled/{scheduled_id}/sending                                     tickets.reply
POST   /desk/scheduled/{scheduled_id}/withdrawal                                  tickets.reply
GET    /desk/notifications                                                        tickets.read
POST   /desk/notifications/reading                                                tickets.read
GET    /desk/notifications/news                                                   tickets.read
GET    /desk/notifications/choices                                                tickets.read
POST   /desk/notifications/choices                                                tickets.read
GET    /desk/tickets/{number}/incidents                                           tickets.reply
POST   /desk/tickets/{number}/incidents                                           tickets.reply
POST   /desk/tickets/{number}/incidents/withdrawal                                tickets.reply
GET    /desk/tickets/{number}/sides                                               tickets.reply
POST   /desk/tickets/{number}/sides                                               tickets.reply
GET    /desk/sides/{side_id}                                                      tickets.read
POST   /desk/sides/{side_id}/replies                                              tickets.reply
POST   /desk/sides/{side_id}/closure                                              tickets.work
DELETE /desk/sides/{side_id}/closure                                              tickets.work
POST   /desk/side-messages/{message_id}/admission                                 tickets.work
GET    /desk/side-messages/{message_id}/files/{file_id}                           tickets.read
GET    /desk/outbox                                                               tickets.read
GET    /desk/trouble                                                              tickets.read
GET    /desk/mailboxes                                                            operate
GET    /desk/mailboxes/new                                                        operate
POST   /desk/mailboxes/connection                                                 operate
GET    /desk/mailboxes/signed-in                                                  operate
GET    /desk/mailboxes/{mailbox_id}                                               operate
POST   /desk/mailboxes/{mailbox_id}                                               operate
POST   /desk/mailboxes/{mailbox_id}/mails                                         operate
POST   /desk/mailboxes/{mailbox_id}/preview                                       operate
POST   /desk/mailboxes/{mailbox_id}/sign-in                                       operate
GET    /desk/providers/{name}                                                     operate
POST   /desk/providers/{name}                                                     operate
GET    /desk/mailboxes/{mailbox_id}/test                                          operate
POST   /desk/mailboxes/{mailbox_id}/test                                          operate
POST   /desk/mailboxes/{mailbox_id}/look                                          operate
POST   /desk/mailboxes/{mailbox_id}/pause                                         operate
POST   /desk/mailboxes/{mailbox_id}/resumption                                    operate
POST   /desk/mailboxes/{mailbox_id}/removal                                       operate
GET    /desk/hooks                                                                settings.manage
POST   /desk/hooks                                                                settings.manage
GET    /desk/hooks/new                                                            settings.manage
POST   /desk/hooks/{hook_id}                                                      settings.manage
POST   /desk/hooks/{hook_id}/password                                             settings.manage
POST   /desk/hooks/{hook_id}/confirmation                                         settings.manage
POST   /desk/hooks/{hook_id}/removal                                              settings.manage
GET    /desk/quarantine                                                           operate
POST   /desk/quarantine/retries                                                   operate
GET    /desk/quarantine/{mail_id}                                                 operate
GET    /desk/quarantine/{mail_id}/source                                          operate
POST   /desk/quarantine/{mail_id}/retry                                           operate
POST   /desk/quarantine/{mail_id}/removal                                         operate
GET    /desk/suppressions                                                         tickets.read
POST   /desk/suppressions/addition                                                operate
POST   /desk/suppressions/{suppression_id}/restoration                            operate
GET    /desk/macros                                                               tickets.note
GET    /desk/macros/draft                                                         tickets.note
POST   /desk/macros/draft                                                         tickets.note
GET    /desk/macros/{macro_id}                                                    tickets.note
POST   /desk/macros/{macro_id}                                                    tickets.note
POST   /desk/macros/{macro_id}/removal                                            tickets.note
GET    /desk/customers                                                            tickets.read
POST   /desk/customers                                                            customers.edit
GET    /desk/customers/new                                                        customers.edit
GET    /desk/customers/{customer_id}                                              tickets.read
GET    /desk/customers/duplicates                                                 customers.edit
GET    /desk/customers/{customer_id}/duplicates                                   customers.edit
GET    /desk/customers/{customer_id}/merger                                       customers.edit
POST   /desk/customers/{customer_id}/merger                                       customers.edit
GET    /desk/customers/{customer_id}/privacy                                      privacy.manage
POST   /desk/customers/{customer_id}/exports                                      privacy.manage
POST   /desk/customers/{customer_id}/erasure                                      privacy.manage
POST   /desk/customers/{customer_id}/holds                                        privacy.manage
GET    /desk/exports/{export_id}                                                  privacy.manage
GET    /desk/queue                                                                tickets.bulk
GET    /desk/privacy                                                              privacy.manage
GET    /desk/erasures/{erasure_id}                                                privacy.manage
POST   /desk/erasures/{erasure_id}/interruption                                   privacy.manage
POST   /desk/erasures/{erasure_id}/resumption                                     privacy.manage
GET    /desk/holds                                                                privacy.manage
POST   /desk/holds                                                                privacy.manage
POST   /desk/holds/{hold_id}/lifting                                              privacy.manage
GET    /desk/retention                                                            privacy.manage
POST   /desk/retention                                                            privacy.manage
GET    /desk/retention/{rule_id}                                                  privacy.manage
POST   /desk/retention/{rule_id}                                                  privacy.manage
GET    /desk/customers/{customer_id}/history                                      tickets.read
GET    /desk/customers/{customer_id}/details                                      customers.edit
POST   /desk/customers/{customer_id}/details                                      customers.edit
POST   /desk/customers/{customer_id}/identities                                   customers.edit
POST   /desk/customers/{customer_id}/identities/{identity_id}/removal             customers.edit
POST   /desk/customers/{customer_id}/identities/{identity_id}/verification        customers.edit
GET    /desk/organisations                                                        tickets.read
POST   /desk/organisations                                                        customers.edit
GET    /desk/organisations/new                                                    customers.edit
GET    /desk/organisations/{organisation_id}                                      tickets.read
GET    /desk/organisations/{organisation_id}/details                              customers.edit
POST   /desk/organisations/{organisation_id}/details                              customers.edit
POST   /desk/organisations/{organisation_id}/domains                              customers.edit
POST   /desk/organisations/{organisation_id}/domains/removal                      customers.edit
GET    /desk/people                                                               tickets.read
GET    /desk/people/{agent_id}                                                    people.manage
POST   /desk/people/{agent_id}                                                    people.manage
POST   /desk/invitations                                                          people.manage
POST   /desk/invitations/{invitation_id}/revocation                               people.manage
GET    /desk/tokens                                                               tickets.read
POST   /desk/tokens                                                               tickets.read
POST   /desk/tokens/{token_id}/revocation                                         tickets.read
GET    /desk/dead-letters                                                         operate
POST   /desk/dead-letters/{job_id}/retry                                          operate
POST   /desk/dead-letters/{job_id}/removal                                        operate
GET    /desk/first-steps                                                          settings.manage
POST   /desk/first-steps                                                          settings.manage
POST   /desk/first-steps/dismissal                                                settings.manage
GET    /desk/audit-log                                                            teams.manage
GET    /desk/audit-log/export                                                     export
GET    /desk/settings                                                             settings.manage
POST   /desk/settings                                                             settings.manage
POST   /desk/people/{agent_id}/archival                                          people.manage
POST   /desk/people/{agent_id}/restoration                                       people.manage
POST   /desk/people/{agent_id}/second-factor-reset                               people.manage
GET    /desk/settings/sending                                                    settings.manage
POST   /desk/settings/sending                                                    settings.manage
GET    /desk/settings/access                                                     settings.manage
POST   /desk/settings/access                                                     settings.manage
GET    /desk/settings/reopening                                                  settings.manage
POST   /desk/settings/reopening                                                  settings.manage
GET    /desk/settings/brands                                                     settings.manage
GET    /desk/settings/brands/new                                                 settings.manage
POST   /desk/settings/brands/new                                                 settings.manage
GET    /desk/settings/brands/{brand_id}                                          settings.manage
POST   /desk/settings/brands/{brand_id}                                          settings.manage
POST   /desk/settings/brands/{brand_id}/addresses                                settings.manage
POST   /desk/settings/brands/{brand_id}/default                                  settings.manage
POST   /desk/settings/brands/{brand_id}/archival                                 settings.manage
POST   /desk/settings/brands/{brand_id}/restoration                              settings.manage
POST   /desk/settings/addresses/{address_id}                                     settings.manage
GET    /desk/settings/teams                                                      teams.manage
GET    /desk/settings/teams/new                                                  teams.manage
POST   /desk/settings/teams/new                                                  teams.manage
GET    /desk/settings/teams/{team_id}                                            teams.manage
POST   /desk/settings/teams/{team_id}                                            teams.manage
POST   /desk/settings/teams/{team_id}/archival                                   teams.manage
POST   /desk/settings/teams/{team_id}/restoration                                teams.manage
GET    /desk/settings/statuses                                                   settings.manage
GET    /desk/settings/statuses/new                                               settings.manage
POST   /desk/settings/statuses/new                                               settings.manage
GET    /desk/settings/statuses/{status_id}                                       settings.manage
POST   /desk/settings/statuses/{status_id}                                       settings.manage
POST   /desk/settings/statuses/{status_id}/position                              settings.manage
POST   /desk/settings/statuses/{status_id}/archival                              settings.manage
POST   /desk/settings/statuses/{status_id}/restoration                           settings.manage
GET    /desk/settings/types                                                      settings.manage
GET    /desk/settings/types/new                                                  settings.manage
POST   /desk/settings/types/new                                                  settings.manage
GET    /desk/settings/types/{type_id}                                            settings.manage
POST   /desk/settings/types/{type_id}                                            settings.manage
POST   /desk/settings/types/{type_id}/archival                                   settings.manage
POST   /desk/settings/types/{type_id}/restoration                                settings.manage
GET    /desk/settings/fields                                                     settings.manage
GET    /desk/settings/fields/new                                                 settings.manage
POST   /desk/settings/fields/new                                                 settings.manage
GET    /desk/settings/fields/{field_id}                                          settings.manage
POST   /desk/settings/fields/{field_id}                                          settings.manage
POST   /desk/settings/fields/{field_id}/position                                 settings.manage
POST   /desk/settings/fields/{field_id}/archival                                 settings.manage
POST   /desk/settings/fields/{field_id}/restoration                              settings.manage
GET    /desk/settings/tags                                                       settings.manage
GET    /desk/settings/tags/{tag_id}                                              settings.manage
POST   /desk/settings/tags/{tag_id}                                              settings.manage
POST   /desk/settings/tags/{tag_id}/merger                                       settings.manage
POST   /desk/settings/tags/{tag_id}/archival                                     settings.manage
POST   /desk/settings/tags/{tag_id}/restoration                                  settings.manage
GET    /desk/settings/calendars                                                  settings.manage
GET    /desk/settings/calendars/new                                              settings.manage
POST   /desk/settings/calendars/new                                              settings.manage
GET    /desk/settings/calendars/{calendar_id}                                    settings.manage
POST   /desk/settings/calendars/{calendar_id}                                    settings.manage
POST   /desk/settings/calendars/{calendar_id}/holidays                           settings.manage
POST   /desk/settings/calendars/{calendar_id}/archival                           settings.manage
POST   /desk/settings/calendars/{calendar_id}/restoration                        settings.manage
GET    /desk/settings/targets                                                    settings.manage
POST   /desk/settings/targets                                                    settings.manage
GET    /desk/settings/targets/due                                                settings.manage
POST   /desk/settings/targets/{target_id}                                        settings.manage
GET    /desk/settings/hold                                                        operate
POST   /desk/settings/hold/release                                                operate
GET    /desk/style                                                                nobody
"""

API = """
GET    /api/v1/openapi.json                                                       public
GET    /api/v1/docs                                                               public
GET    /api/v1/audit-log                                                          operate         admin
GET    /api/v1/brands                                                             tickets.read    tickets:read
POST   /api/v1/brands                                                             settings.manage admin
GET    /api/v1/brands/{brand_id}                                                  tickets.read    tickets:read
PATCH  /api/v1/brands/{brand_id}                                                  settings.manage admin
DELETE /api/v1/brands/{brand_id}                                                  settings.manage admin
POST   /api/v1/brands/{brand_id}/addresses                                        settings.manage admin
PUT    /api/v1/brands/{brand_id}/default                                          settings.manage admin
DELETE /api/v1/brands/{brand_id}/addresses/{address_id}                           settings.manage admin
GET    /api/v1/customers                                                          tickets.read    customers:read
POST   /api/v1/customers                                                          customers.edit  customers:write
GET    /api/v1/customers/{customer_id}                                            tickets.read    customers:read
GET    /api/v1/customers/{customer_id}/erasure-preview                            privacy.manage  admin
GET    /api/v1/queue                                                              tickets.bulk    tickets:read
GET    /api/v1/exports                                                            privacy.manage  admin
POST   /api/v1/exports                                                            privacy.manage  admin
GET    /api/v1/exports/{export_id}                                                privacy.manage  admin
GET    /api/v1/exports/{export_id}/archive                                        privacy.manage  admin
GET    /api/v1/erasures                                                           privacy.manage  admin
POST   /api/v1/erasures                                                           privacy.manage  admin
GET    /api/v1/erasures/{erasure_id}                                              privacy.manage  admin
PATCH  /api/v1/erasures/{erasure_id}                                              privacy.manage  admin
GET    /api/v1/holds                                                              privacy.manage  admin
POST   /api/v1/holds                                                              privacy.manage  admin
DELETE /api/v1/holds/{hold_id}                                                    privacy.manage  admin
GET    /api/v1/retention-rules                                                    privacy.manage  admin
POST   /api/v1/retention-rules                                                    privacy.manage  admin
PATCH  /api/v1/retention-rules/{rule_id}                                          privacy.manage  admin
DELETE /api/v1/retention-rules/{rule_id}                                          privacy.manage  admin
GET    /api/v1/retention-rules/{rule_id}/dry-run                                  privacy.manage  admin
GET    /api/v1/retention-rules/{rule_id}/runs                                     privacy.manage  admin
GET    /api/v1/customers/{customer_id}/duplicates                                 tickets.read    customers:read
GET    /api/v1/customers/{customer_id}/history                                    tickets.read    tickets:read
GET    /api/v1/customers/{customer_id}/figures                                    tickets.read    tickets:read
PATCH  /api/v1/customers/{customer_id}                                            customers.edit  customers:write
POST   /api/v1/customers/{customer_id}/identities                                 customers.edit  customers:write
PUT    /api/v1/customers/{customer_id}/merger                                     customers.edit  customers:write
DELETE /api/v1/customers/{customer_id}/merger                                     customers.edit  customers:write
DELETE /api/v1/customers/{customer_id}/identities/{identity_id}                   customers.edit  customers:write
PUT    /api/v1/customers/{customer_id}/identities/{identity_id}/verification      customers.edit  customers:write
GET    /api/v1/dead-letters                                                       operate         admin
DELETE /api/v1/dead-letters/{job_id}                                              operate         admin
POST   /api/v1/dead-letters/{job_id}/retries                                      operate         admin
GET    /api/v1/fields                                                             tickets.read    tickets:read
POST   /api/v1/fields                                                             settings.manage admin
PATCH  /api/v1/fields/{field_id}                                                  settings.manage admin
DELETE /api/v1/fields/{field_id}                                                  settings.manage admin
GET    /api/v1/hold                                                               operate         admin
PUT    /api/v1/hold                                                               operate         admin
DELETE /api/v1/hold                                                               operate         admin
GET    /api/v1/hooks                                                              settings.manage admin
POST   /api/v1/hooks                                                              settings.manage admin
GET    /api/v1/hooks/{hook_id}                                                    settings.manage admin
PATCH  /api/v1/hooks/{hook_id}                                                    settings.manage admin
DELETE /api/v1/hooks/{hook_id}                                                    settings.manage admin
PUT    /api/v1/hooks/{hook_id}/confirmation                                       settings.manage admin
POST   /api/v1/hooks/{hook_id}/passwords                                          settings.manage admin
GET    /api/v1/invitations                                                        people.manage   admin
POST   /api/v1/invitations                                                        people.manage   admin
DELETE /api/v1/invitations/{invitation_id}                                        people.manage   admin
GET    /api/v1/macros                                                             tickets.note    tickets:read
POST   /api/v1/macros                                                             tickets.note    tickets:write
GET    /api/v1/macros/{macro_id}                                                  tickets.note    tickets:read
PUT    /api/v1/macros/{macro_id}                                                  tickets.note    tickets:write
DELETE /api/v1/macros/{macro_id}                                                  tickets.note    tickets:write
GET    /api/v1/tickets/{ticket_id}/scheduled-replies                              tickets.read    tickets:read
POST   /api/v1/tickets/{ticket_id}/scheduled-replies                              tickets.reply   tickets:write
PATCH  /api/v1/tickets/{ticket_id}/scheduled-replies/{scheduled_id}               tickets.reply   tickets:write
DELETE /api/v1/tickets/{ticket_id}/scheduled-replies/{scheduled_id}               tickets.reply   tickets:write
POST   /api/v1/tickets/{ticket_id}/scheduled-replies/{scheduled_id}/sending       tickets.reply   tickets:write
GET    /api/v1/tickets/{ticket_id}/incidents                                      tickets.read    tickets:read
POST   /api/v1/tickets/{ticket_id}/incidents/replies                              tickets.reply   tickets:write
GET    /api/v1/tickets/{ticket_id}/side-conversations                             tickets.read    tickets:read
POST   /api/v1/tickets/{ticket_id}/side-conversations                             tickets.reply   tickets:write
GET    /api/v1/tickets/{ticket_id}/side-conversations/{side_id}                   tickets.read    tickets:read
POST   /api/v1/tickets/{ticket_id}/side-conversations/{side_id}/messages          tickets.reply   tickets:write
PUT    /api/v1/tickets/{ticket_id}/side-conversations/{side_id}/closure           tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/side-conversations/{side_id}/closure           tickets.work    tickets:write
PUT    /api/v1/tickets/{ticket_id}/side-messages/{message_id}/admission           tickets.work    tickets:write
GET    /api/v1/tickets/{ticket_id}/side-messages/{message_id}/files/{file_id}     tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/drafts                                         tickets.note    tickets:read
PUT    /api/v1/tickets/{ticket_id}/draft                                          tickets.note    tickets:write
DELETE /api/v1/tickets/{ticket_id}/draft                                          tickets.note    tickets:write
POST   /api/v1/tickets/{ticket_id}/macros/{macro_id}                              tickets.note    tickets:write
GET    /api/v1/mailboxes                                                          operate         admin
POST   /api/v1/mailboxes                                                          operate         admin
GET    /api/v1/mailboxes/{mailbox_id}                                             operate         admin
PATCH  /api/v1/mailboxes/{mailbox_id}                                             operate         admin
DELETE /api/v1/mailboxes/{mailbox_id}                                             operate         admin
PUT    /api/v1/mailboxes/{mailbox_id}/pause                                       operate         admin
DELETE /api/v1/mailboxes/{mailbox_id}/pause                                       operate         admin
PUT    /api/v1/mailboxes/{mailbox_id}/look                                        operate         admin
GET    /api/v1/mailboxes/{mailbox_id}/health                                      operate         admin
GET    /api/v1/mailboxes/{mailbox_id}/tests                                       operate         admin
POST   /api/v1/mailboxes/{mailbox_id}/tests                                       operate         admin
GET    /api/v1/me                                                                 person          -
GET    /api/v1/notifications                                                      tickets.read    tickets:read
PUT    /api/v1/notifications/reading                                              tickets.read    tickets:write
PUT    /api/v1/notifications/{notification_id}/reading                            tickets.read    tickets:write
GET    /api/v1/me/notification-choices                                            tickets.read    tickets:read
PUT    /api/v1/me/notification-choices                                            tickets.read    tickets:write
GET    /api/v1/tickets/{ticket_id}/following                                      tickets.read    tickets:read
PUT    /api/v1/tickets/{ticket_id}/following                                      tickets.read    tickets:write
DELETE /api/v1/tickets/{ticket_id}/following                                      tickets.read    tickets:write
GET    /api/v1/organisations                                                      tickets.read    customers:read
POST   /api/v1/organisations                                                      customers.edit  customers:write
GET    /api/v1/organisations/{organisation_id}                                    tickets.read    customers:read
GET    /api/v1/organisations/{organisation_id}/figures                            tickets.read    tickets:read
PATCH  /api/v1/organisations/{organisation_id}                                    customers.edit  customers:write
POST   /api/v1/organisations/{organisation_id}/domains                            customers.edit  customers:write
DELETE /api/v1/organisations/{organisation_id}/domains/{domain}                   customers.edit  customers:write
GET    /api/v1/outbox                                                             tickets.read    tickets:read
GET    /api/v1/people                                                             tickets.read    tickets:read
GET    /api/v1/people/{person_id}                                                 tickets.read    tickets:read
PATCH  /api/v1/people/{person_id}                                                 people.manage   admin
PUT    /api/v1/people/{person_id}/archival                                        people.manage   admin
DELETE /api/v1/people/{person_id}/archival                                        people.manage   admin
GET    /api/v1/quarantine                                                         operate         admin
POST   /api/v1/quarantine/retries                                                 operate         admin
GET    /api/v1/quarantine/{mail_id}                                               operate         admin
DELETE /api/v1/quarantine/{mail_id}                                               operate         admin
POST   /api/v1/quarantine/{mail_id}/retries                                       operate         admin
GET    /api/v1/settings                                                           settings.manage admin
PATCH  /api/v1/settings                                                           settings.manage admin
GET    /api/v1/suppressions                                                       tickets.read    customers:read
POST   /api/v1/suppressions                                                       operate         admin
DELETE /api/v1/suppressions/{suppression_id}                                      operate         admin
GET    /api/v1/statuses                                                           tickets.read    tickets:read
POST   /api/v1/statuses                                                           settings.manage admin
PATCH  /api/v1/statuses/{status_id}                                               settings.manage admin
DELETE /api/v1/statuses/{status_id}                                               settings.manage admin
GET    /api/v1/tags                                                               tickets.read    tickets:read
GET    /api/v1/me/habits                                                          tickets.read    tickets:read
PUT    /api/v1/me/habits                                                          tickets.read    tickets:write
GET    /api/v1/views                                                              tickets.read    tickets:read
POST   /api/v1/views                                                              tickets.read    tickets:write
GET    /api/v1/views/{view_id}                                                    tickets.read    tickets:read
PATCH  /api/v1/views/{view_id}                                                    tickets.read    tickets:write
DELETE /api/v1/views/{view_id}                                                    tickets.read    tickets:write
POST   /api/v1/views/{view_id}/position                                           tickets.read    tickets:write
POST   /api/v1/views/{view_id}/restoration                                        tickets.read    tickets:write
GET    /api/v1/teams                                                              tickets.read    tickets:read
POST   /api/v1/teams                                                              teams.manage    admin
GET    /api/v1/teams/{team_id}                                                    tickets.read    tickets:read
PATCH  /api/v1/teams/{team_id}                                                    teams.manage    admin
DELETE /api/v1/teams/{team_id}                                                    teams.manage    admin
PUT    /api/v1/teams/{team_id}/members                                            teams.manage    admin
PUT    /api/v1/teams/{team_id}/members/{agent_id}                                 teams.manage    admin
DELETE /api/v1/teams/{team_id}/members/{agent_id}                                 teams.manage    admin
GET    /api/v1/tickets                                                            tickets.read    tickets:read
POST   /api/v1/tickets                                                            tickets.work    tickets:write
POST   /api/v1/tickets/bulk                                                       tickets.bulk    tickets:write
GET    /api/v1/tickets/{ticket_id}                                                tickets.read    tickets:read
PATCH  /api/v1/tickets/{ticket_id}                                                tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}                                                tickets.delete  tickets:write
PUT    /api/v1/tickets/{ticket_id}/assignment                                     tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/assignment                                     tickets.work    tickets:write
PUT    /api/v1/tickets/{ticket_id}/closure                                        tickets.work    tickets:write
GET    /api/v1/tickets/{ticket_id}/events                                         tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/links                                          tickets.read    tickets:read
POST   /api/v1/tickets/{ticket_id}/links                                          tickets.work    tickets:write
PUT    /api/v1/tickets/{ticket_id}/merger                                         tickets.work    tickets:write
POST   /api/v1/tickets/{ticket_id}/messages                                       tickets.work    tickets:write
GET    /api/v1/tickets/{ticket_id}/callees                                        tickets.note    tickets:read
POST   /api/v1/tickets/{ticket_id}/notes                                          tickets.note    tickets:write
GET    /api/v1/tickets/{ticket_id}/ratings                                        tickets.read    tickets:read
POST   /api/v1/tickets/{ticket_id}/replies                                        tickets.reply   tickets:write
GET    /api/v1/tickets/{ticket_id}/active-time                                    tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/presence                                       tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/reading                                        tickets.read    tickets:read
PUT    /api/v1/tickets/{ticket_id}/reading                                        tickets.read    tickets:write
DELETE /api/v1/tickets/{ticket_id}/reading                                        tickets.read    tickets:write
PUT    /api/v1/tickets/{ticket_id}/snooze                                         tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/snooze                                         tickets.work    tickets:write
PUT    /api/v1/tickets/{ticket_id}/solution                                       tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/solution                                       tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/move                                           tickets.work    tickets:write
POST   /api/v1/tickets/{ticket_id}/splits                                         tickets.work    tickets:write
PUT    /api/v1/tickets/{ticket_id}/suspicion                                      tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/suspicion                                      tickets.work    tickets:write
POST   /api/v1/tickets/{ticket_id}/tags                                           tickets.work    tickets:write
GET    /api/v1/tickets/{ticket_id}/messages/{message_id}                          tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/notes/{note_id}                                tickets.read    tickets:read
PUT    /api/v1/tickets/{ticket_id}/ratings/{scale}                                tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/tags/{name}                                    tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/links/{kind}/{other_id}                        tickets.work    tickets:write
PUT    /api/v1/tickets/{ticket_id}/messages/{message_id}/admission                tickets.work    tickets:write
DELETE /api/v1/tickets/{ticket_id}/messages/{message_id}/delivery                 tickets.reply   tickets:write
POST   /api/v1/tickets/{ticket_id}/messages/{message_id}/retries                  tickets.reply   tickets:write
GET    /api/v1/tickets/{ticket_id}/messages/{message_id}/path                     tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/messages/{message_id}/source                   tickets.work    tickets:read
GET    /api/v1/tickets/{ticket_id}/messages/{message_id}/files/{file_id}          tickets.read    tickets:read
GET    /api/v1/tickets/{ticket_id}/notes/{note_id}/files/{file_id}                tickets.read    tickets:read
GET    /api/v1/tokens                                                             person          -
POST   /api/v1/tokens                                                             person          -
DELETE /api/v1/tokens/{token_id}                                                  person          -
POST   /api/v1/statuses/{status_id}/restoration                                  settings.manage admin
POST   /api/v1/types/{type_id}/restoration                                       settings.manage admin
POST   /api/v1/fields/{field_id}/restoration                                     settings.manage admin
POST   /api/v1/brands/{brand_id}/restoration                                     settings.manage admin
POST   /api/v1/tags/{tag_id}/restoration                                         settings.manage admin
POST   /api/v1/calendars/{calendar_id}/restoration                               settings.manage admin
POST   /api/v1/teams/{team_id}/restoration                                       teams.manage    admin
POST   /api/v1/teams/{team_id}/handover                                          teams.manage    admin
POST   /api/v1/people/{person_id}/handover                                       people.manage   admin
DELETE /api/v1/people/{person_id}/second-factor                                  people.manage   admin
PUT    /api/v1/brands/{brand_id}/addresses/{address_id}/primary                  settings.manage admin
PATCH  /api/v1/tags/{tag_id}                                                     settings.manage admin
DELETE /api/v1/tags/{tag_id}                                                     settings.manage admin
PUT    /api/v1/tags/{tag_id}/merger                                              settings.manage admin
POST   /api/v1/calendars                                                         settings.manage admin
PATCH  /api/v1/calendars/{calendar_id}                                           settings.manage admin
DELETE /api/v1/calendars/{calendar_id}                                           settings.manage admin
PUT    /api/v1/calendars/{calendar_id}/holidays/{day}                            settings.manage admin
DELETE /api/v1/calendars/{calendar_id}/holidays/{day}                            settings.manage admin
PUT    /api/v1/targets                                                           settings.manage admin
DELETE /api/v1/targets/{target_id}                                               settings.manage admin
GET    /api/v1/calendars                                                         tickets.read    tickets:read
GET    /api/v1/targets                                                           tickets.read    tickets:read
GET    /api/v1/due                                                               tickets.read    tickets:read
GET    /api/v1/types                                                              tickets.read    tickets:read
POST   /api/v1/types                                                              settings.manage admin
PATCH  /api/v1/types/{type_id}                                                    settings.manage admin
DELETE /api/v1/types/{type_id}                                                    settings.manage admin
POST   /api/v1/uploads                                                            tickets.note    tickets:write
"""
