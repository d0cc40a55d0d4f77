-- Who may only say how something of one project does.
alter table token
    drop constraint token_role_check,
    drop constraint token_check,
    add constraint token_role check (role in ('OPERATOR', 'AUDITOR', 'MEMBER', 'REPORTER')),
    add constraint token_project check ((role in ('MEMBER', 'REPORTER')) = (project is not null));
