### For whom a page is not.

for-workers = This page is for workers.
for-experts = This page is for experts, who decide single images. Ask an admin for the role.
for-managers = This page is for project managers. Ask an admin for the role.
for-admins = This page is for admins.
