-- WordNet noun synsets and their is-a edges. Words and examples are newline-separated: no word holds a newline.
create table synset (
    wnid text primary key,
    words text not null,
    definition text not null,
    examples text not null
) without rowid;

create table hypernym (
    wnid text not null references synset (wnid),
    hypernym_wnid text not null references synset (wnid),
    is_instance boolean not null,
    primary key (wnid, hypernym_wnid, is_instance)
) without rowid;
