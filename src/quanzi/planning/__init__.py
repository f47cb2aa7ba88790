"""What is going to happen in circles, on a calendar; what comes again; what would collide."""
