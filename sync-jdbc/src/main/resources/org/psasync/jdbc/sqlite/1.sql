create table psasync_accounts (
    account_key text not null primary key
);

create table psasync_integrations (
    id bigint not null primary key,
    name_key text not null unique,
    name text not null,
    account_key text not null references psasync_accounts (account_key),
    entered bigint not null,
    disconnected smallint not null,
    last_event bigint not null,
    lease text,
    lease_epoch bigint not null
);
create index psasync_integrations_of_account on psasync_integrations (account_key);

create table psasync_documents (
    integration bigint not null references psasync_integrations (id),
    name text not null,
    version bigint not null,
    body text not null,
    primary key (integration, name)
);

create table psasync_pairs (
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
    primary key (integration, id)
);
create unique index psasync_pairs_local on psasync_pairs (integration, kind, local_key) where local_key is not null;
create unique index psasync_pairs_remote on psasync_pairs (integration, kind, remote_key) where remote_key is not null;
create index psasync_pairs_kind on psasync_pairs (integration, kind, id, seen_in);
create index psasync_pairs_due on psasync_pairs (integration, id, due_at) where due_at is not null;

create table psasync_lists (
    integration bigint not null,
    list text not null,
    id blob not null,
    primary key (integration, list, id)
) without rowid;

create table psasync_counts (
    integration bigint not null,
    counter_key text not null,
    counter text not null,
    number bigint not null,
    primary key (integration, counter_key)
) without rowid;

create table psasync_events (
    integration bigint not null references psasync_integrations (id),
    number bigint not null,
    at bigint not null,
    run_key text,
    actor_key text,
    type text not null,
    kind text,
    pair blob,
    local_key text,
    remote_key text,
    body text not null,
    primary key (integration, number)
);
create index psasync_events_at on psasync_events (integration, at);
create index psasync_events_local on psasync_events (integration, local_key, number) where local_key is not null;
create index psasync_events_remote on psasync_events (integration, remote_key, number) where remote_key is not null;
create index psasync_events_type on psasync_events (integration, type, number);
create index psasync_events_outside on psasync_events (integration, actor_key, number, type, at)
    where actor_key is not null and run_key is null;

create table psasync_claims (
    integration bigint not null references psasync_integrations (id),
    id blob not null,
    claim text not null,
    primary key (integration, id)
);
