insert into psasync_lists (integration, list, id)
    select l.integration, 'in/' || substr(l.list, 7) || substr(s.list, 19), l.id
    from psasync_lists l join psasync_lists s on s.integration = l.integration and s.id = l.id and s.list in
        ('state/ORGANIZATION/SYNCING', 'state/ORGANIZATION/ORPHANED', 'state/ORGANIZATION/DISABLED', 'state/ORGANIZATION/DISCONNECTED')
    where l.list >= 'place/ORGANIZATION/' and l.list < 'place/ORGANIZATION0';

insert into psasync_lists (integration, list, id)
    select l.integration, 'in/' || substr(l.list, 7) || substr(s.list, 20), l.id
    from psasync_lists l join psasync_lists s on s.integration = l.integration and s.id = l.id and s.list in
        ('state/CONFIGURATION/SYNCING', 'state/CONFIGURATION/ORPHANED', 'state/CONFIGURATION/DISABLED', 'state/CONFIGURATION/DISCONNECTED')
    where l.list >= 'place/CONFIGURATION/' and l.list < 'place/CONFIGURATION0';

insert into psasync_lists (integration, list, id)
    select p.integration, 'failed/' || p.kind, p.id from psasync_pairs p
    where instr(p.body, '"trouble":{"failure":{') > 0 and exists (
        select 1 from psasync_lists s where s.integration = p.integration and s.id = p.id and s.list in (
            'state/' || p.kind || '/SYNCING', 'state/' || p.kind || '/ORPHANED', 'state/' || p.kind || '/DISABLED', 'state/' || p.kind || '/DISCONNECTED'));

insert into psasync_lists (integration, list, id)
    select l.integration, 'failed/' || substr(l.list, 7), l.id
    from psasync_lists l join psasync_lists f on f.integration = l.integration and f.id = l.id and f.list = 'failed/ORGANIZATION'
    where l.list >= 'place/ORGANIZATION/' and l.list < 'place/ORGANIZATION0';

insert into psasync_lists (integration, list, id)
    select l.integration, 'failed/' || substr(l.list, 7), l.id
    from psasync_lists l join psasync_lists f on f.integration = l.integration and f.id = l.id and f.list = 'failed/CONFIGURATION'
    where l.list >= 'place/CONFIGURATION/' and l.list < 'place/CONFIGURATION0';

delete from psasync_lists where list >= 'place/' and list < 'place0';

insert into psasync_lists (integration, list, id)
    select p.integration, 'away/' || p.kind, p.id from psasync_pairs p where instr(p.body, '"turnedAway":[') > 0;

insert into psasync_lists (integration, list, id)
    select d.integration, 'stands/' || d.kind || '/' || d.standing, d.id from (
        select p.integration, p.kind, p.id,
            instr(p.body, '"dirty":true') > 0 as dirty,
            instr(p.body, '"turnedAway":[') > 0 as away,
            case when instr(p.body, '"disposition":"') = 0 then 'CHANGE_WAITING'
                else substr(substr(p.body, instr(p.body, '"disposition":"') + 15), 1,
                    instr(substr(p.body, instr(p.body, '"disposition":"') + 15), '"') - 1) end as standing,
            coalesce((select substr(s.list, length(p.kind) + 8) from psasync_lists s
                where s.integration = p.integration and s.id = p.id and s.list in (
                    'state/' || p.kind || '/SYNCING', 'state/' || p.kind || '/ORPHANED', 'state/' || p.kind || '/DISABLED', 'state/' || p.kind || '/DISCONNECTED')), '') as state
        from psasync_pairs p
    ) d
    where d.standing <> d.state
        and not (d.standing = 'IN_SYNC' and d.state = 'SYNCING')
        and not (d.standing = 'CHANGE_WAITING' and d.dirty)
        and not (d.standing = 'NOT_SELECTED' and d.away)
        and (not d.dirty or d.state in ('DISABLED', 'DISCONNECTED') or d.standing in ('WAITING_FOR_RECORD',
            'HELD_BY_BRAKE', 'REFUSED_BY_PSA', 'REFUSED_BY_HOST', 'RETRYING', 'UNCERTAIN', 'OSCILLATING'));
