create table psasync_saves (
    number integer not null primary key autoincrement,
    integration bigint not null,
    record text not null
);
create index psasync_saves_of on psasync_saves (integration, number);

create index psasync_integrations_entered on psasync_integrations (entered);
