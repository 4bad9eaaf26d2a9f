insert into psasync_accounts (account_key)
    values ('contoso');
insert into psasync_integrations (id, name_key, name, account_key, entered, disconnected, last_event, lease, lease_epoch, last_event_at)
    values (1, 'contoso/psa', '2{"text":"contoso/psa"}', 'contoso', 1, 0, 3, '2{"holder":"node-1","epoch":1,"until":1772352600.250000000}', 1, 1772352009250000000);
insert into psasync_integrations (id, name_key, name, account_key, entered, disconnected, last_event, lease, lease_epoch, last_event_at)
    values (2, 'contoso/other', '2{"text":"contoso/other"}', 'contoso', 2, 0, 0, null, 0, -9223372036854775808);
insert into psasync_documents (integration, name, version, body)
    values (1, 'progress', 1, '2{"settingsSeen":-1,"checks":{}}');
insert into psasync_documents (integration, name, version, body)
    values (1, 'setup', 1, '2{"settings":{"organizations":{"types":{},"statuses":{},"typeMode":"ALL","classifications":{"all":true}},"configurations":{"types":{},"statuses":{}},"tickets":{"boards":{},"changedWithin":"PT2160H"},"confirming":["MICROSOFT_365","CONTACTS_WITH_TYPES","ACTIVE_DIRECTORY","CONTACTS_WITH_TYPES","USER","ALWAYS","API","NEW_CONTACTS"],"conflicts":{"byDefault":"PSA_WINS"},"matching":{"onDoubt":"ASK"},"mapping":{},"options":{},"schedule":{"interval":"PT1H","fullCheck":"PT24H","eventsKept":"PT8760H"},"brakes":{"leaving":{"number":25,"percent":10},"localUpdates":{"number":200,"percent":50},"psaWrites":{"number":50,"percent":10},"pushesPerHour":100}},"participation":{"mode":"ACTIVE"},"instance":{}}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000000000000000000001'), 'ORGANIZATION', 1, 'o1', '7', 1, 3, null, '2{"id":"00000000-0000-0000-0000-000000000001","kind":"ORGANIZATION","local":"o1","remote":"7","state":"SYNCING","observed":{"values":["ORGANIZATION","name","Acme\u000AInc","types",[{"id":"2","name":"Server \"é\""}],"status",{"id":"1","name":"Active"}],"version":{"token":"v1","changedAt":1772352000.250000000},"from":1772352000.250000000},"base":{"local":["="],"remote":["="]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000001'), 'CONFIGURATION', 1, 'l1', 'r1', 1, 3, null, '2{"id":"00000000-0000-0001-0000-000000000001","kind":"CONFIGURATION","local":"l1","remote":"r1","state":"SYNCING","observed":{"values":["CONFIGURATION",["notes"],"organization","remote ORGANIZATION 7","name","SRV-1","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"active",true],"version":{"token":"v1","changedAt":1772352000.250000000},"from":1772352000.250000000},"base":{"local":["=","organization","local ORGANIZATION o1"],"remote":["="]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000002'), 'CONFIGURATION', 1, 'l2', 'r2', 1, 3, null, '2{"id":"00000000-0000-0001-0000-000000000002","kind":"CONFIGURATION","local":"l2","remote":"r2","state":"ORPHANED","reasons":["TYPE_NOT_SELECTED"],"observed":{"values":["CONFIGURATION",["notes"],"organization","remote ORGANIZATION 7","name","SRV-2","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"active",true],"version":{"token":"v1","changedAt":1772352000.250000000},"from":1772352000.250000000},"base":{"local":["=","organization","local ORGANIZATION o1"],"remote":["="]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000003'), 'CONFIGURATION', 1, 'l3', 'r3', 1, 3, null, '2{"id":"00000000-0000-0001-0000-000000000003","kind":"CONFIGURATION","local":"l3","remote":"r3","state":"DISABLED","observed":{"values":["CONFIGURATION",["notes"],"organization","remote ORGANIZATION 7","name","SRV-3","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"active",true],"version":{"token":"v1","changedAt":1772352000.250000000},"from":1772352000.250000000},"base":{"local":["=","organization","local ORGANIZATION o1"],"remote":["="]},"trouble":{},"seenIn":3,"disposition":"IN_SYNC"}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000004'), 'CONFIGURATION', 1, 'l4', 'r4', 1, 3, 1772352060250000000, '2{"id":"00000000-0000-0001-0000-000000000004","kind":"CONFIGURATION","local":"l4","remote":"r4","state":"SYNCING","observed":{"values":["CONFIGURATION",["notes"],"organization","remote ORGANIZATION 7","name","SRV-4","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"active",true],"version":{"token":"v1","changedAt":1772352000.250000000},"from":1772352000.250000000},"base":{"local":["=","organization","local ORGANIZATION o1"],"remote":["="]},"grant":{"values":["=","organization","local ORGANIZATION o1"],"actor":"ann","at":1772352000.250000000,"terms":{"is":"Usual"}},"trouble":{"failure":{"side":"PSA","problems":[{"field":"CONFIGURATION.name","code":"TOO_LONG","text":"too long"}],"attempts":2,"refused":["=","organization","local ORGANIZATION o1"]},"refusal":{"side":"PSA","problems":[{"field":"CONFIGURATION.name","code":"TOO_LONG","text":"too long"}],"attempts":2,"refused":["=","organization","local ORGANIZATION o1"]}},"awaited":["remote CONTACT c9"],"lastWrite":1772352000.250000000,"seenIn":3,"disposition":"IN_SYNC","dirty":true,"mustRead":true,"dueAt":1772352060.250000000}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000005'), 'CONFIGURATION', 1, null, 'r5', 0, 0, null, '2{"id":"00000000-0000-0001-0000-000000000005","kind":"CONFIGURATION","remote":"r5","observed":{"values":["CONFIGURATION",["notes"],"organization","remote ORGANIZATION 7","name","SRV-5","type",{"id":"2","name":"Server \"é\""},"status",{"id":"1","name":"Active"},"active",true],"version":{"token":""},"from":1772352000.250000000},"inFlight":{"is":"CreatingLocal","sent":["=","organization","local ORGANIZATION o1"],"startedAt":1772352000.250000000},"trouble":{},"matchText":"srv-5","dirty":true}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (1, bytes('00000000000000010000000000000006'), 'CONFIGURATION', 1, 'l6', null, 0, 0, null, '2{"id":"00000000-0000-0001-0000-000000000006","kind":"CONFIGURATION","local":"l6","trouble":{"review":{"reason":"which?","candidates":[{"record":"remote CONFIGURATION r1","title":"SRV-1","why":"same name"}],"since":1772352000.250000000}},"matchText":"srv-1","disposition":"IN_REVIEW","turnedAway":["TYPE_NOT_SELECTED"]}');
insert into psasync_pairs (integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body)
    values (2, bytes('00000000000000010000000000000001'), 'CONTACT', 1, 'c1', null, 0, 0, null, '2{"id":"00000000-0000-0001-0000-000000000001","kind":"CONTACT","local":"c1","trouble":{}}');
insert into psasync_lists (integration, list, id)
    values (1, 'alone/CONFIGURATION', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'awaits/remote/CONTACT/c9', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'away/CONFIGURATION', bytes('00000000000000010000000000000006'));
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
    values (1, 'failed/CONFIGURATION', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'failed/CONFIGURATION/status/1', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'failed/CONFIGURATION/type/2', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'flight/CONFIGURATION', bytes('00000000000000010000000000000005'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/status/1/DISABLED', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/status/1/ORPHANED', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/status/1/SYNCING', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/status/1/SYNCING', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/type/2/DISABLED', bytes('00000000000000010000000000000003'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/type/2/ORPHANED', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/type/2/SYNCING', bytes('00000000000000010000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/CONFIGURATION/type/2/SYNCING', bytes('00000000000000010000000000000004'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/ORGANIZATION/status/1/SYNCING', bytes('00000000000000000000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'in/ORGANIZATION/types/2/SYNCING', bytes('00000000000000000000000000000001'));
insert into psasync_lists (integration, list, id)
    values (1, 'match/CONFIGURATION/srv-1', bytes('00000000000000010000000000000006'));
insert into psasync_lists (integration, list, id)
    values (1, 'match/CONFIGURATION/srv-5', bytes('00000000000000010000000000000005'));
insert into psasync_lists (integration, list, id)
    values (1, 'orphan/CONFIGURATION/TYPE_NOT_SELECTED', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'review/CONFIGURATION', bytes('00000000000000010000000000000006'));
insert into psasync_lists (integration, list, id)
    values (1, 'stands/CONFIGURATION/IN_REVIEW', bytes('00000000000000010000000000000006'));
insert into psasync_lists (integration, list, id)
    values (1, 'stands/CONFIGURATION/IN_SYNC', bytes('00000000000000010000000000000002'));
insert into psasync_lists (integration, list, id)
    values (1, 'stands/CONFIGURATION/IN_SYNC', bytes('00000000000000010000000000000003'));
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
insert into psasync_lists (integration, list, id)
    values (2, 'stands/CONTACT/CHANGE_WAITING', bytes('00000000000000010000000000000001'));
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/DISABLED', '2{"of":"LINKS","kind":"CONFIGURATION","name":"DISABLED"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/ORPHANED', '2{"of":"LINKS","kind":"CONFIGURATION","name":"ORPHANED"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/SYNCING', '2{"of":"LINKS","kind":"CONFIGURATION","name":"SYNCING"}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/CONFIGURATION/failed', '2{"of":"LINKS","kind":"CONFIGURATION","name":"failed"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'LINKS/ORGANIZATION/SYNCING', '2{"of":"LINKS","kind":"ORGANIZATION","name":"SYNCING"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/DISABLED/place/CONFIGURATION/status/1', '2{"of":"PLACED","kind":"CONFIGURATION","name":"DISABLED","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/DISABLED/place/CONFIGURATION/type/2', '2{"of":"PLACED","kind":"CONFIGURATION","name":"DISABLED","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/ORPHANED/place/CONFIGURATION/status/1', '2{"of":"PLACED","kind":"CONFIGURATION","name":"ORPHANED","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/ORPHANED/place/CONFIGURATION/type/2', '2{"of":"PLACED","kind":"CONFIGURATION","name":"ORPHANED","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/SYNCING/place/CONFIGURATION/status/1', '2{"of":"PLACED","kind":"CONFIGURATION","name":"SYNCING","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/SYNCING/place/CONFIGURATION/type/2', '2{"of":"PLACED","kind":"CONFIGURATION","name":"SYNCING","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/failed/place/CONFIGURATION/status/1', '2{"of":"PLACED","kind":"CONFIGURATION","name":"failed","place":{"field":"CONFIGURATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/CONFIGURATION/failed/place/CONFIGURATION/type/2', '2{"of":"PLACED","kind":"CONFIGURATION","name":"failed","place":{"field":"CONFIGURATION.type","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/ORGANIZATION/SYNCING/place/ORGANIZATION/status/1', '2{"of":"PLACED","kind":"ORGANIZATION","name":"SYNCING","place":{"field":"ORGANIZATION.status","choice":{"id":"1","name":"Active"}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'PLACED/ORGANIZATION/SYNCING/place/ORGANIZATION/types/2', '2{"of":"PLACED","kind":"ORGANIZATION","name":"SYNCING","place":{"field":"ORGANIZATION.types","choice":{"id":"2","name":"Server \"é\""}}}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/CONFIGURATION/CHANGE_WAITING', '2{"of":"STANDING","kind":"CONFIGURATION","name":"CHANGE_WAITING"}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/CONFIGURATION/IN_REVIEW', '2{"of":"STANDING","kind":"CONFIGURATION","name":"IN_REVIEW"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/CONFIGURATION/IN_SYNC', '2{"of":"STANDING","kind":"CONFIGURATION","name":"IN_SYNC"}', 3);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'STANDING/ORGANIZATION/IN_SYNC', '2{"of":"STANDING","kind":"ORGANIZATION","name":"IN_SYNC"}', 1);
insert into psasync_counts (integration, counter_key, counter, number)
    values (1, 'TURNED_AWAY/CONFIGURATION/TYPE_NOT_SELECTED', '2{"of":"TURNED_AWAY","kind":"CONFIGURATION","name":"TYPE_NOT_SELECTED"}', 2);
insert into psasync_counts (integration, counter_key, counter, number)
    values (2, 'STANDING/CONTACT/CHANGE_WAITING', '2{"of":"STANDING","kind":"CONTACT","name":"CHANGE_WAITING"}', 1);
insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key, remote_key, body, latest)
    values (1, 1, 1772352001250000000, 'run-1', null, 'CREATED_LOCALLY', 'CONFIGURATION', bytes('00000000000000010000000000000001'), 'CONFIGURATION/l1', 'CONFIGURATION/r1', '2{"number":1,"at":1772352001.250000000,"run":"run-1","type":"CREATED_LOCALLY","kind":"CONFIGURATION","pair":"00000000-0000-0001-0000-000000000001","local":"l1","remote":"r1","changes":[{"field":"CONFIGURATION.name","after":{"text":"SRV-1"}}],"reason":"because"}', 1772352001250000000);
insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key, remote_key, body, latest)
    values (1, 2, 1772352009250000000, null, 'ann', 'UPDATED_IN_PSA', 'CONFIGURATION', bytes('00000000000000010000000000000001'), 'CONFIGURATION/l1', 'CONFIGURATION/r1', '2{"number":2,"at":1772352009.250000000,"actor":"ann","type":"UPDATED_IN_PSA","kind":"CONFIGURATION","pair":"00000000-0000-0001-0000-000000000001","local":"l1","remote":"r1","changes":[{"field":"CONFIGURATION.name","after":{"text":"SRV-1"}}],"reason":"because"}', 1772352009250000000);
insert into psasync_events (integration, number, at, run_key, actor_key, type, kind, pair, local_key, remote_key, body, latest)
    values (1, 3, 1772352005250000000, null, 'ann', 'NOTED', 'CONFIGURATION', bytes('00000000000000010000000000000001'), 'CONFIGURATION/l1', 'CONFIGURATION/r1', '2{"number":3,"at":1772352005.250000000,"actor":"ann","type":"NOTED","kind":"CONFIGURATION","pair":"00000000-0000-0001-0000-000000000001","local":"l1","remote":"r1","changes":[{"field":"CONFIGURATION.name","after":{"text":"SRV-1"}}],"reason":"because"}', 1772352009250000000);
insert into psasync_claims (integration, id, claim)
    values (1, bytes('00000000000000010000000000000001'), '2{"holder":"node-2","until":1772352060.250000000}');
insert into psasync_saves (number, integration, record)
    values (1, 1, '2"local CONFIGURATION l1"');
