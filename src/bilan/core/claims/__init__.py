"""From a report to claims to accounts: this is `read`."""
