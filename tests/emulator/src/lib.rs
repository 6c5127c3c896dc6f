//! A stand-in for Microsoft Entra ID and Microsoft Graph on localhost.
