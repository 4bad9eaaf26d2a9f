drop index psasync_pairs_kind;
alter table psasync_pairs drop constraint psasync_pairs_pkey, add primary key (integration, kind, id);

delete from psasync_lists where list >= 'link/' and list < 'link0';

alter table psasync_pairs set (fillfactor = 60);

alter table psasync_integrations add column last_event_at bigint not null default -9223372036854775808;
update psasync_integrations set last_event_at = coalesce(
    (select max(e.at) from psasync_events e where e.integration = psasync_integrations.id), last_event_at);

drop index psasync_events_at;
drop index psasync_events_outside;
alter table psasync_events add column latest bigint not null default 0;
update psasync_events set latest = up_to.latest from (
    select integration, number, max(at) over (partition by integration order by number) as latest from psasync_events
) as up_to where psasync_events.integration = up_to.integration and psasync_events.number = up_to.number;
create index psasync_events_latest on psasync_events (integration, latest, number);
create index psasync_events_behind on psasync_events (integration, at) where at < latest;
create index psasync_events_actor on psasync_events (integration, actor_key, number) where actor_key is not null;
create index psasync_events_outside on psasync_events (integration, actor_key, number)
    where actor_key is not null and run_key is null;
create index psasync_events_run on psasync_events (integration, run_key, number) where run_key is not null;
create index psasync_events_pair on psasync_events (integration, pair, number) where pair is not null;
create index psasync_events_kind on psasync_events (integration, kind, number) where kind is not null;
