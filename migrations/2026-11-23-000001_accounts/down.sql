DROP TABLE user_account;
DROP TABLE role;
