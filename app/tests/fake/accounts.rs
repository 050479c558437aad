//! Made-up accounts, and the door that sessions come through.

use super::{Stage, data};
use app::api::ApiError;
use app::api::accounts::{AccountsPage, Offer};
use app::backend::{Accounts, Answer, Door};
use app::viewer::{Account, Admin, Worker};
use async_trait::async_trait;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::PoisonError;

#[async_trait]
impl Accounts for Stage {
    async fn sign_in(&self, _: &dyn Door, _: &str, password: String) -> Answer<()> {
        if password == "correct horse" {
            Ok(())
        } else {
            Err(ApiError::Invalid("The name or the password is not right.".to_owned()))
        }
    }

    async fn sign_out_everywhere(&self, _: &dyn Door, _: &Worker) -> Answer<()> {
        Ok(())
    }

    async fn change_password(&self, _: &dyn Door, _: &Worker, _: String, _: String) -> Answer<()> {
        Ok(())
    }

    async fn sign_up_is_open(&self) -> Answer<bool> {
        Ok(!self.empty)
    }

    async fn sign_up(&self, _: &dyn Door, _: &str, _: String) -> Answer<()> {
        Ok(())
    }

    async fn offer(&self, token: &str) -> Answer<Offer> {
        match token {
            "used" => {
                Err(ApiError::NotFound("This invitation was used, has ended, or never existed.".to_owned()))
            }
            _ => Ok(Offer { role: "expert".to_owned(), expires_at: data::NOW }),
        }
    }

    async fn accept_invitation(&self, _: &dyn Door, _: &str, _: &str, _: String) -> Answer<()> {
        Ok(())
    }

    async fn page(&self, _: &Admin, _: Option<&str>) -> Answer<AccountsPage> {
        Ok(data::accounts(self.empty))
    }

    async fn invite(&self, _: &Admin, _: &str, _: u32) -> Answer<String> {
        Ok("https://synvote.example/invitation/abc".to_owned())
    }

    async fn withdraw_invitation(&self, _: &Admin, _: i64) -> Answer<()> {
        Ok(())
    }

    async fn change_account(&self, _: &Admin, _: i64, _: &str, _: bool) -> Answer<()> {
        Ok(())
    }

    async fn set_open_sign_up(&self, _: &Admin, _: bool) -> Answer<()> {
        Ok(())
    }
}

#[async_trait]
impl Door for Stage {
    fn account(&self) -> Option<Account> {
        self.role.map(|role| Account { id: 7, name: "ada".to_owned(), role })
    }

    fn address(&self) -> IpAddr {
        IpAddr::V4(Ipv4Addr::LOCALHOST)
    }

    async fn sign_in(&self, _: &Account) -> Answer<()> {
        Ok(())
    }

    async fn sign_out(&self) -> Answer<()> {
        Ok(())
    }

    async fn leave_notice(&self, notice: &str) -> Answer<()> {
        *self.notice.lock().unwrap_or_else(PoisonError::into_inner) = Some(notice.to_owned());
        Ok(())
    }

    async fn take_notice(&self) -> Answer<Option<String>> {
        Ok(self.notice.lock().unwrap_or_else(PoisonError::into_inner).take())
    }
}
