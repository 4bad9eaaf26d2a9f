create table psasync_pairs_by_kind (
    integration bigint not null references psasync_integrations (id),
    id blob not null,
    kind text not null,
    version bigint not null,
    local_key text,
    remote_key text,
    holds smallint not null,
    seen_in bigint not null,
    due_at bigint,
    body text not null,
    primary key (integration, kind, id)
);
insert into psasync_pairs_by_kind
    select integration, id, kind, version, local_key, remote_key, holds, seen_in, due_at, body from psasync_pairs
    order by integration, kind, id;
drop table psasync_pairs;
alter table psasync_pairs_by_kind rename to psasync_pairs;
create unique index psasync_pairs_local on psasync_pairs (integration, kind, local_key) where local_key is not null;
create unique index psasync_pairs_remote on psasync_pairs (integration, kind, remote_key) where remote_key is not null;
create index psasync_pairs_due on psasync_pairs (integration, id, due_at) where due_at is not null;

delete from psasync_lists where list >= 'link/' and list < 'link0';
