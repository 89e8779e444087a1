"""What can be said about an incident: axes apart, the grade they propose, the parties' answers."""
