insert into psasync_accounts (account_key)
    values ('contoso');
insert into psasync_integrations (id, name_key, name, account_key, entered, disconnected, last_event, lease, lease_epoch)
    values (1, 'contoso/psa', '1{"text":"contoso/psa"}', 'contoso', 1, 0, 3, '1{"holder":"node-1","epoch":1,"until":"2026-03-01T08:10:00.250Z"}', 1);
insert into psasync_integrations (id, name_key, name, account_key, entered, disconnected, last_event, lease, lease_epoch)
    values (2, 'contoso/other', '1{"text":"contoso/other"}', 'contoso', 2, 0, 0, null, 0);
insert into psasync_documents (integration, name, version, body)
    values (1, 'progress', 1, '1{"settingsSeen":-1,"checks":{}}');
insert into psasync_documents (integration, name, version, body)
    values (1, 'setup', 1, '1{"settings":{"organizations":{"types":{},"statuses":{},"typeMode":"ALL","classifications":{"all":true}},"configurations":{"types":{},"statuses":{}},"tickets":{"boards":{},"changedWithin":"PT2160H"},"confirming":["ACTIVE_DIRECTORY","CONTACTS_WITH_TYPES","MICROSOFT_365","CONTACTS_WITH_TYPES","API","NEW_CONTACTS","USER","ALWAYS"],"conflicts":{"byDefault":"PSA_WINS"},"matching":{"onDoubt":"ASK"},"mapping":{},"options":{},"schedule":{"interval":"PT1H","fullCheck":"PT24H","eventsKept":"PT8760H"},"brakes":{"leaving":{"number":25,"percent":10},"localUpdates":{"number":200,"percent":50},"psaWrites":{"number":50,"percent":10},"pushesPerHour":100}},"participation":{"mode":"ACTIVE"},"instance":{}}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000000000000000000001'), 'ORGANIZATION', 1, 'o1', '7', 1, 3, null, '1{"id":"00000000-0000-0000-0000-000000000001","kind":"ORGANIZATION","local":"o1","remote":"7","state":"SYNCING","observed":{"values":["ORGANIZATION","name","Acme\nInc","types",[{"id":"2","name":"Server \"é\""}],"status",{"id":"1","name":"Active"}],"version":{"token":"v1","changedAt":"2026-03-01T08:00:00.250Z"},"from":"2026-03-01T08:00:00.250Z"},"base":{"local":["ORGANIZATION","name","Acme\nInc","types",[{"id":"2","name":"Server \"é\""}],"status",{"id":"1","name":"Active"}],"remote":["ORGANIZATION","name","Acme\nInc","types",[{"id":"2","name":"Server \"é\""}],"status",{"id":"1","name":"Active"}]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000001'), 'CONFIGURATION', 1, 'l1', 'r1', 1, 3, null, '1{"id":"00000000-0000-0001-0000-000000000001","kind":"CONFIGURATION","local":"l1","remote":"r1","state":"SYNCING","observed":{"values":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-1","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"version":{"token":"v1","changedAt":"2026-03-01T08:00:00.250Z"},"from":"2026-03-01T08:00:00.250Z"},"base":{"local":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-1","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"remote":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-1","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000002'), 'CONFIGURATION', 1, 'l2', 'r2', 1, 3, null, '1{"id":"00000000-0000-0001-0000-000000000002","kind":"CONFIGURATION","local":"l2","remote":"r2","state":"ORPHANED","reasons":["TYPE_NOT_SELECTED"],"observed":{"values":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-2","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"version":{"token":"v1","changedAt":"2026-03-01T08:00:00.250Z"},"from":"2026-03-01T08:00:00.250Z"},"base":{"local":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-2","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"remote":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-2","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000003'), 'CONFIGURATION', 1, 'l3', 'r3', 1, 3, null, '1{"id":"00000000-0000-0001-0000-000000000003","kind":"CONFIGURATION","local":"l3","remote":"r3","state":"DISABLED","observed":{"values":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-3","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"version":{"token":"v1","changedAt":"2026-03-01T08:00:00.250Z"},"from":"2026-03-01T08:00:00.250Z"},"base":{"local":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-3","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"remote":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-3","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000004'), 'CONFIGURATION', 1, 'l4', 'r4', 1, 3, 1772352060250000000, '1{"id":"00000000-0000-0001-0000-000000000004","kind":"CONFIGURATION","local":"l4","remote":"r4","state":"SYNCING","observed":{"values":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-4","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"version":{"token":"v1","changedAt":"2026-03-01T08:00:00.250Z"},"from":"2026-03-01T08:00:00.250Z"},"base":{"local":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-4","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"remote":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-4","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true]},"grant":{"values":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-4","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"actor":"ann","at":"2026-03-01T08:00:00.250Z","terms":{"is":"Usual"}},"trouble":{"failure":{"side":"PSA","problems":[{"field":"CONFIGURATION.name","code":"TOO_LONG","text":"too long"}],"attempts":2,"refused":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-4","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true]}},"awaited":["remote CONTACT c9"],"lastWrite":"2026-03-01T08:00:00.250Z","seenIn":3,"disposition":"IN_SYNC","dirty":true,"mustRead":true,"dueAt":"2026-03-01T08:01:00.250Z"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000005'), 'CONFIGURATION', 1, null, 'r5', 0, 0, null, '1{"id":"00000000-0000-0001-0000-000000000005","kind":"CONFIGURATION","remote":"r5","observed":{"values":["CONFIGURATION","organization","remote ORGANIZATION 7","name","SRV-5","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"version":{"token":""},"from":"2026-03-01T08:00:00.250Z"},"inFlight":{"is":"CreatingLocal","sent":["CONFIGURATION","organization","local ORGANIZATION o1","name","SRV-5","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"notes",null,"active",true],"startedAt":"2026-03-01T08:00:00.250Z"},"trouble":{},"matchText":"srv-5","dirty":true}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000006'), 'CONFIGURATION', 1, 'l6', null, 0, 0, null, '1{"id":"00000000-0000-0001-0000-000000000006","kind":"CONFIGURATION","local":"l6","trouble":{"review":{"reason":"which?","candidates":[{"record":"remote CONFIGURATION r1","title":"SRV-1","why":"same name"}],"since":"2026-03-01T08:00:00.250Z"}},"matchText":"srv-1","disposition":"IN_REVIEW","turnedAway":["TYPE_NOT_SELECTED"]}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (2, bytes('00000000000000010000000000000001'), 'CONTACT', 1, 'c1', null, 0, 0, null, '1{"id":"00000000-0000-0001-0000-000000000001","kind":"CONTACT","local":"c1","trouble":{}}');
insert into psasync_lists (integration, list, id)
    values (1, 'alone/CONFIGURATION', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'awaits/remote/CONTACT/c9', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'below/CONFIGURATION/7', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'below/CONFIGURATION/7', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'below/CONFIGURATION/7', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'below/CONFIGURATION/7', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'below/CONFIGURATION/7', bytes('00000000000000010000000000000005'));
insert into psasync_lists (integration, list, id)
    values (1, 'dirty/CONFIGURATION', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'dirty/CONFIGURATION', bytes('00000000000000010000000000000005'));
insert into psasync_lists (integration, list, id)
    values (1, 'flight/CONFIGURATION', bytes('00000000000000010000000000000005'));
insert into psasync_lists (integration, list, id)
    values (1, 'link/CONFIGURATION', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'link/CONFIGURATION', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'link/CONFIGURATION', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'link/CONFIGURATION', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'link/ORGANIZATION', bytes('00000000000000000000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'match/CONFIGURATION/srv-1', bytes('00000000000000010000000000000006'));
insert into psasync_lists (integration, list, id)
    values (1, 'match/CONFIGURATION/srv-5', bytes('00000000000000010000000000000005'));
insert into psasync_lists (integration, list, id)
    values (1, 'orphan/CONFIGURATION/TYPE_NOT_SELECTED', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/status/1', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/status/1', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/status/1', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/status/1', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/type/2', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/type/2', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/type/2', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/CONFIGURATION/type/2', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/ORGANIZATION/status/1', bytes('00000000000000000000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'place/ORGANIZATION/types/2', bytes('00000000000000000000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'review/CONFIGURATION', bytes('00000000000000010000000000000006'));
insert into psasync_lists (integration, list, id)
    values (1, 'state/CONFIGURATION/DISABLED', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'state/CONFIGURATION/ORPHANED', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'state/CONFIGURATION/SYNCING', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'state/CONFIGURATION/SYNCING', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'state/ORGANIZATION/SYNCING', bytes('00000000000000000000000000000001'));
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/DISABLED', '1{"of":"LINKS","kind":"CONFIGURATION","name":"DISABLED"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/ORPHANED', '1{"of":"LINKS","kind":"CONFIGURATION","name":"ORPHANED"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/SYNCING', '1{"of":"LINKS","kind":"CONFIGURATION","name":"SYNCING"}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/failed', '1{"of":"LINKS","kind":"CONFIGURATION","name":"failed"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/ORGANIZATION/SYNCING', '1{"of":"LINKS","kind":"ORGANIZATION","name":"SYNCING"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/DISABLED/place/CONFIGURATION/status/1', '1{"of":"PLACED","kind":"CONFIGURATION","name":"DISABLED","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/DISABLED/place/CONFIGURATION/type/2', '1{"of":"PLACED","kind":"CONFIGURATION","name":"DISABLED","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/ORPHANED/place/CONFIGURATION/status/1', '1{"of":"PLACED","kind":"CONFIGURATION","name":"ORPHANED","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/ORPHANED/place/CONFIGURATION/type/2', '1{"of":"PLACED","kind":"CONFIGURATION","name":"ORPHANED","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/SYNCING/place/CONFIGURATION/status/1', '1{"of":"PLACED","kind":"CONFIGURATION","name":"SYNCING","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/SYNCING/place/CONFIGURATION/type/2', '1{"of":"PLACED","kind":"CONFIGURATION","name":"SYNCING","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/failed/place/CONFIGURATION/status/1', '1{"of":"PLACED","kind":"CONFIGURATION","name":"failed","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/failed/place/CONFIGURATION/type/2', '1{"of":"PLACED","kind":"CONFIGURATION","name":"failed","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/ORGANIZATION/SYNCING/place/ORGANIZATION/status/1', '1{"of":"PLACED","kind":"ORGANIZATION","name":"SYNCING","place":{"field":"ORGANIZATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/ORGANIZATION/SYNCING/place/ORGANIZATION/types/2', '1{"of":"PLACED","kind":"ORGANIZATION","name":"SYNCING","place":{"field":"ORGANIZATION.types","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/CONFIGURATION/CHANGE_WAITING', '1{"of":"STANDING","kind":"CONFIGURATION","name":"CHANGE_WAITING"}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/CONFIGURATION/IN_REVIEW', '1{"of":"STANDING","kind":"CONFIGURATION","name":"IN_REVIEW"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/CONFIGURATION/IN_SYNC', '1{"of":"STANDING","kind":"CONFIGURATION","name":"IN_SYNC"}', 3);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/ORGANIZATION/IN_SYNC', '1{"of":"STANDING","kind":"ORGANIZATION","name":"IN_SYNC"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'TURNED_AWAY/CONFIGURATION/TYPE_NOT_SELECTED', '1{"of":"TURNED_AWAY","kind":"CONFIGURATION","name":"TYPE_NOT_SELECTED"}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (2, 'STANDING/CONTACT/CHANGE_WAITING', '1{"of":"STANDING","kind":"CONTACT","name":"CHANGE_WAITING"}', 1);
insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key, remote_key, body)
    values (1, 1, 1772352001250000000, 'run-1', null, 'CREATED_LOCALLY', 'CONFIGURATION', bytes('00000000000000010000000000000001'), 'CONFIGURATION/l1', 'CONFIGURATION/r1', '1{"number":1,"at":"2026-03-01T08:00:01.250Z","run":"run-1","type":"CREATED_LOCALLY","kind":"CONFIGURATION","pair":"00000000-0000-0001-0000-000000000001","local":"l1","remote":"r1","changes":[{"field":"CONFIGURATION.name","after":{"text":"SRV-1"}}],"reason":"because"}');
insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key, remote_key, body)
    values (1, 2, 1772352009250000000, null, 'ann', 'UPDATED_IN_PSA', 'CONFIGURATION', bytes('00000000000000010000000000000001'), 'CONFIGURATION/l1', 'CONFIGURATION/r1', '1{"number":2,"at":"2026-03-01T08:00:09.250Z","actor":"ann","type":"UPDATED_IN_PSA","kind":"CONFIGURATION","pair":"00000000-0000-0001-0000-000000000001","local":"l1","remote":"r1","changes":[{"field":"CONFIGURATION.name","after":{"text":"SRV-1"}}],"reason":"because"}');
insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key, remote_key, body)
    values (1, 3, 1772352005250000000, null, 'ann', 'NOTED', 'CONFIGURATION', bytes('00000000000000010000000000000001'), 'CONFIGURATION/l1', 'CONFIGURATION/r1', '1{"number":3,"at":"2026-03-01T08:00:05.250Z","actor":"ann","type":"NOTED","kind":"CONFIGURATION","pair":"00000000-0000-0001-0000-000000000001","local":"l1","remote":"r1","changes":[{"field":"CONFIGURATION.name","after":{"text":"SRV-1"}}],"reason":"because"}');
insert into psasync_claims (integration, id, claim)
    values (1, bytes('00000000000000010000000000000001'), '1{"holder":"node-2","until":"2026-03-01T08:01:00.250Z"}');
insert into psasync_saves (number, integration, record)
    values (1, 1, '1"local CONFIGURATION l1"');
