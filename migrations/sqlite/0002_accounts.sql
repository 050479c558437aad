create table account (
    account_id integer primary key,
    name text not null unique,
    role text not null check (role in ('worker', 'expert', 'manager', 'admin')),
    password_hash text not null,
    created_at bigint not null,
    disabled_at bigint
);

-- Only a hash of the session's id is stored: a copy of this table opens no session.
create table session (
    id_hash text primary key,
    account_id bigint references account (account_id),
    data text not null,
    created_at bigint not null,
    expires_at bigint not null
) without rowid;
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

-- Links that work once: the first admin's, and invitations. Only a hash of the token is stored.
create table invitation (
    invitation_id integer primary key,
    token_hash text not null unique,
    role text not null check (role in ('worker', 'expert', 'manager', 'admin')),
    created_by bigint references account (account_id),
    created_at bigint not null,
    expires_at bigint not null,
    accepted_at bigint,
    accepted_by bigint references account (account_id)
);

-- What holds for the whole installation, by name: open_sign_up and the like.
create table setting (
    name text primary key,
    value text not null
) without rowid;

-- What people with rights did, for people who come after them.
create table event (
    event_id integer primary key,
    account_id bigint references account (account_id),
    action text not null,
    subject text not null,
    detail text not null,
    at bigint not null
);
